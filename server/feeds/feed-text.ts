/** Outside what XML 1.0 allows (section 2.2), also as a reference: control characters, half surrogates, U+FFFE, U+FFFF. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/**
 * A text as it can stand in a feed: one line, without characters that no XML parser accepts. The generator escapes
 * what has a meaning in XML, but lets these through; one service's odd name would make the whole feed unreadable.
 */
export const feedText = (text: string): string => text.replace(FORBIDDEN, '\uFFFD').replace(/\s+/g, ' ').trim();
