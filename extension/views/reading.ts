import type { Words } from '../words/make-words.ts';
import type { WebsiteAddresses } from './website-addresses.ts';

/** What every view needs to know of who reads, and when. */
export interface Reading {
  readonly words: Words;
  readonly addresses: WebsiteAddresses;
  readonly now: Date;
}

const LONGEST_NAME = 120;
/** Controls, and those that turn the direction of all that follows. */
const CONTROLS = /[\p{Cc}\u{202A}-\u{202E}\u{2066}-\u{2069}]+/gu;

/** A name that a server gave: on one line, cut where it is far longer than any name is, and never empty. */
export function shownName(name: string): string {
  const text = name
    .slice(0, 4 * LONGEST_NAME)
    .replace(CONTROLS, ' ')
    .trim();
  if (text === '') return '?';
  return text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}
