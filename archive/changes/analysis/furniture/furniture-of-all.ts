import { datesIn } from '../../languages/dates.ts';
import type { BlockDifference } from '../difference/difference.ts';
import type { DocumentMemory } from '../documents/document-memory.ts';
import type { Furniture } from './furniture.ts';

const DAYS = 60 * 86_400_000;
/** Changes with short blocks in that time from which on a document never rests: forums, tickers, related articles. */
const RESTLESS = 8;
/** Longest block, in words, that is furniture of such a document: a sentence of law is longer. */
const SHORT = 12;
/** Words beside a date: "Effective date: 1 May 2024". */
const BESIDE_DATE = 4;

/**
 * Whether all that is left of a change is furniture together, though no block is by itself: short blocks of a document in
 * which such come and go all the time, the loss of a line that only tells a date, or the frame of the website.
 *
 * @param counting blocks that would raise the change.
 * @param isFrame whether they are the frame of the website.
 * @param memory of the changes before it.
 */
export function furnitureOfAll(
  counting: readonly BlockDifference[],
  memory: DocumentMemory,
  date: number,
  isFrame: () => boolean,
): Furniture | undefined {
  if (counting.length === 0) return undefined;
  if (counting.every(isLostDate)) return { kind: 'lost-date' };
  if (isFrame()) return { kind: 'frame' };
  if (!counting.every((block) => block.class === 'text' && block.facts.count <= SHORT)) return undefined;
  const times = memory.changes.filter((change) => date - change.date <= DAYS && change.places.length > 0).length;
  if (times < RESTLESS || counting.some(({ words }) => datesIn(words).length > 0)) return undefined;
  return { kind: 'restless-document', times, of: memory.changes.length };
}

function isLostDate({ side, words, class: rung, facts }: BlockDifference): boolean {
  if (side !== 'removed' || rung !== 'text' || facts.count > SHORT) return false;
  const dates = datesIn(words);
  const [only] = dates;
  if (!only || dates.length > 1) return false;
  return `${words.slice(0, only.start)}${words.slice(only.end)}`.split(' ').filter(Boolean).length <= BESIDE_DATE;
}
