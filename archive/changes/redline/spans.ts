import { diffArrays } from 'diff';
import { type Budget, matchSequences } from '../alignment/sequence.ts';
import type { RedlineSpan } from './redline-types.ts';
import { tokensOf } from './tokens.ts';

/** Words that differ in an ordinary reworded block; `diff` gives up beyond, and its time grows with their square. */
const FEW_EDITS = 100;
/** Searched for at once in any other block: a millisecond or two. */
const MOST_EDITS = 600;

/** What lies between two changes, and the changes themselves. */
interface Step {
  deleted: string;
  inserted: string;
  /** Behind the change. */
  equal: string;
}

/** The words that differ between two states of a block, deleted ones before those that took their place. */
export function compareWords(before: string, after: string, budget: Budget): RedlineSpan[] {
  if (before === after) return [{ kind: 'equal', text: before }];
  // Of equally good alignments the order of the arguments must not choose.
  const steps = before < after ? stepsBetween(before, after, budget) : exchange(stepsBetween(after, before, budget));
  return asSpans(steps);
}

function stepsBetween(before: string, after: string, budget: Budget): Step[] {
  const a = tokensOf(before);
  const b = tokensOf(after);
  const partners = partnersByFewEdits(a, b) ?? partnersByBudget(a, b, budget);
  const steps: Step[] = [];
  let step: Step = { deleted: '', inserted: '', equal: '' };
  let inB = 0;
  for (let inA = 0; inA <= a.length; ) {
    const partner = inA < a.length ? (partners[inA] ?? -1) : b.length;
    if (partner < 0) {
      if (step.equal) step = nextStep(steps, step);
      step.deleted += a[inA++];
      continue;
    }
    if (partner > inB && step.equal) step = nextStep(steps, step);
    while (inB < partner) step.inserted += b[inB++];
    if (inA < a.length) step.equal += a[inA];
    inA++;
    inB++;
  }
  steps.push(step);
  return withoutSplinters(steps);
}

/** For each token of `a` its partner in `b`, or -1; undefined where they differ too much for `diff`. */
function partnersByFewEdits(a: readonly string[], b: readonly string[]): Int32Array | undefined {
  const runs = diffArrays([...a], [...b], { maxEditLength: FEW_EDITS });
  if (!runs) return undefined;
  const partners = new Int32Array(a.length).fill(-1);
  let inA = 0;
  let inB = 0;
  for (const { added, removed, count } of runs) {
    if (!added && !removed) for (let at = 0; at < count; at++) partners[inA + at] = inB + at;
    if (!added) inA += count;
    if (!removed) inB += count;
  }
  return partners;
}

function partnersByBudget(a: readonly string[], b: readonly string[], budget: Budget): Int32Array {
  const numbers = new Map<string, number>();
  const numberOf = (token: string): number => {
    const known = numbers.get(token);
    if (known !== undefined) return known;
    numbers.set(token, numbers.size);
    return numbers.size - 1;
  };
  return matchSequences(Int32Array.from(a, numberOf), Int32Array.from(b, numberOf), numbers.size, budget, MOST_EDITS);
}

function nextStep(steps: Step[], step: Step): Step {
  steps.push(step);
  return { deleted: '', inserted: '', equal: '' };
}

/**
 * Words that two changes happen to share ("of the") make a redline unreadable: what is shorter than the changes on both
 * sides of it becomes part of them. White space between two changed words always does.
 */
function withoutSplinters(steps: readonly Step[]): Step[] {
  const result: Step[] = [];
  for (const next of steps) {
    let step = next;
    for (let last = result.at(-1); last && isSplinter(last, step); last = result.at(-1)) {
      result.pop();
      step = {
        deleted: last.deleted + last.equal + step.deleted,
        inserted: last.inserted + last.equal + step.inserted,
        equal: step.equal,
      };
    }
    result.push(step);
  }
  return result;
}

const weight = ({ deleted, inserted }: Step): number => Math.max(deleted.length, inserted.length);

/** Changes that only delete, or only insert, keep what is between them: it reads on in one version. */
function isSplinter(left: Step, right: Step): boolean {
  const { equal } = left;
  if (weight(left) === 0 || weight(right) === 0) return false;
  const deletes = left.deleted.length + right.deleted.length > 0;
  const inserts = left.inserted.length + right.inserted.length > 0;
  if (!deletes || !inserts) return equal.trim() === '';
  return equal.length <= Math.min(weight(left), weight(right));
}

const exchange = (steps: readonly Step[]): Step[] =>
  steps.map(({ deleted, inserted, equal }) => ({ deleted: inserted, inserted: deleted, equal }));

function asSpans(steps: readonly Step[]): RedlineSpan[] {
  const spans: RedlineSpan[] = [];
  for (const { deleted, inserted, equal } of steps) {
    if (deleted) spans.push({ kind: 'deleted', text: deleted });
    if (inserted) spans.push({ kind: 'inserted', text: inserted });
    if (equal) spans.push({ kind: 'equal', text: equal });
  }
  return spans;
}
