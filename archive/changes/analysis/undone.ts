import type { DocumentMemory } from './documents/document-memory.ts';

/**
 * Commits of the alerted changes that the latest state undoes, oldest first, and notes that they are undone: those made
 * since the document had the same words for the last time. None where it never had them, or has them still.
 *
 * @param memory with the latest state.
 */
export function undo({ states }: DocumentMemory): string[] {
  const hash = states.at(-1)?.hash;
  const stood = states.findLastIndex((state, place) => place < states.length - 1 && state.hash === hash);
  if (stood < 0) return [];
  const undone: string[] = [];
  for (const [place, { hash, date, alerted }] of states.entries()) {
    if (place <= stood || alerted === undefined) continue;
    undone.push(alerted);
    states[place] = { hash, date };
  }
  return undone;
}

/** Notes that the latest state was alerted, so that a return from it is told as well. */
export function rememberAlert({ states }: DocumentMemory, commit: string): void {
  const last = states.pop();
  if (last) states.push({ ...last, alerted: commit });
}
