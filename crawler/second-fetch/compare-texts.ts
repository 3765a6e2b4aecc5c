import {
  type BlockDifference,
  CHANGE_CLASSES,
  type ChangeClass,
  difference,
} from '../../archive/changes/analysis/difference/difference.ts';
import { type DocumentState, documentState } from '../../archive/changes/analysis/documents/state.ts';
import type { SecondFetchResult } from '../../archive/ledger/second-fetch.ts';

const isText = (name: ChangeClass): boolean => CHANGE_CLASSES.indexOf(name) >= CHANGE_CLASSES.indexOf('text');

/** Whether a change is of class `text`: only such ones are worth a second fetch. */
export const changesText = (former: string, recorded: string): boolean => {
  const before = documentState(former);
  return isText(difference(before, documentState(recorded, before)).class);
};

/**
 * What a second fetch tells of a change. The same words as recorded confirm it; those of the former version do not. A third
 * text, such as one with a part that is another at every request, confirms what of the change stands in it as well: a
 * genuine change must not be lost in a restless document.
 */
export function compareTexts(
  former: string,
  recorded: string,
  second: string,
): Extract<SecondFetchResult, { outcome: 'confirmed' | 'not-reproduced' }> {
  const before = documentState(former);
  const after = documentState(recorded, before);
  const again = documentState(second, after);
  if (again.hash === after.hash) return { outcome: 'confirmed', found: 'new' };
  if (again.hash === before.hash) return { outcome: 'not-reproduced', found: 'former' };
  const since = difference(after, again);
  // Counted otherwise, dated otherwise.
  if (!isText(since.class)) return { outcome: 'confirmed', found: 'new' };
  if (!isText(difference(before, again).class)) return { outcome: 'not-reproduced', found: 'former' };
  const change = difference(before, after).blocks.filter((block) => isText(block.class));
  const stands = change.some((block) => standsAgain(block, change, since.blocks, again));
  return { outcome: stands ? 'confirmed' : 'not-reproduced', found: 'other' };
}

/**
 * Words that came stand in the second text too. Words that went are gone from it too, and nothing took their place either
 * time: what takes turns with others is always gone.
 */
function standsAgain(
  { side, place, facts }: BlockDifference,
  change: readonly BlockDifference[],
  since: readonly BlockDifference[],
  again: DocumentState,
): boolean {
  if (side === 'added') return again.byKey.has(facts.key);
  const isReplaced = [...change, ...since].some((other) => other.side === 'added' && other.place === place);
  return !again.byKey.has(facts.key) && !isReplaced;
}
