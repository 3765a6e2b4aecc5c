const WIDE = /[^\0-\u00ff]/;

/**
 * The same text in memory of its own. A part of a text keeps the whole text alive (in V8), which for one kept block is a
 * whole version.
 */
export function ownCopy(part: string): string {
  const encoding = WIDE.test(part) ? 'utf16le' : 'latin1';
  return Buffer.from(part, encoding).toString(encoding);
}
