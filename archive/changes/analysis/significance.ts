import type { Topic } from '../topics/topics.ts';
import type { JudgedBlock } from './analyse-change.ts';
import type { DocumentState } from './documents/state.ts';

/** What matters to a reader even in a few words. */
const WEIGHTY: Readonly<Partial<Record<Topic, number>>> = {
  'disputes/arbitration': 0.3,
  'disputes/class-action': 0.3,
  'data/sale': 0.3,
  'ai/training': 0.3,
  'liability/limitation': 0.2,
  'contract/unilateral-change': 0.2,
  'account/termination': 0.2,
  'content/licence': 0.2,
  'money/fees': 0.2,
  'money/renewal': 0.2,
  'minors/age': 0.2,
  'data/law-enforcement': 0.2,
  'data/sharing': 0.15,
  'data/transfer': 0.15,
};
const OTHER_TOPIC = 0.1;
const DATE_ALONE = 0.05;
/** A fifth of the text rewritten counts half. */
const HALF_AT = 0.2;

/**
 * How much of the terms' own text a change touched, from 0 to 1 with two digits, raised by what it is about. The size
 * alone never decides: a few words may change a right.
 */
export function significanceOf(
  counting: readonly JudgedBlock[],
  before: DocumentState,
  after: DocumentState,
  topics: readonly Topic[],
): number {
  const text = counting.filter((block) => block.class === 'text');
  if (text.length === 0) return counting.length > 0 ? DATE_ALONE : 0;
  const touched = text.reduce((words, { facts }) => words + facts.count, 0);
  const share = touched / Math.max(1, before.words + after.words);
  const size = share / (share + HALF_AT);
  const matter = topics.reduce((sum, topic) => sum + (WEIGHTY[topic] ?? OTHER_TOPIC), 0);
  return Math.round(Math.min(1, 0.1 + 0.6 * size + Math.min(0.5, matter)) * 100) / 100;
}
