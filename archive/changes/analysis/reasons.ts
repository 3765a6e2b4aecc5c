import type { ChangeAnalysis, JudgedBlock } from './analyse-change.ts';
import type { BlockReason, Coded, Reason, ReasonOfBlock } from './reason.ts';

/** Blocks told one by one; those that count come first. */
const BLOCKS_TOLD = 12;
const LONGEST_QUOTE = 80;

/**
 * Why a change got its class, state and alert, block by block where blocks differ. Capped: the last reason says how many
 * more blocks there are.
 */
export function reasonsOf({ class: rung, state, blocks, fault, known }: ChangeAnalysis): Reason[] {
  const reasons: Reason[] = [];
  if (fault) reasons.push(coded(fault));
  if (known && (state === 'return' || state === 'reverted')) {
    const { date, alternations: turns } = known;
    // There and back again is what any return is.
    reasons.push(turns > 2 ? { code: `${state}-again`, date, turns } : { code: state, date });
  }
  if (state === 'persisting') reasons.push({ code: state });
  if (rung !== 'text' && rung !== 'date' && rung !== 'numbering') reasons.push({ code: rung });
  const counts = (block: JudgedBlock): boolean => !block.furniture && !block.why;
  const told = [...blocks.filter(counts), ...blocks.filter((block) => !counts(block))].slice(0, BLOCKS_TOLD);
  reasons.push(...told.map(reasonOfBlock));
  if (blocks.length > told.length) reasons.push({ code: 'more', blocks: blocks.length - told.length });
  return reasons;
}

const reasonOfBlock = (block: JudgedBlock): ReasonOfBlock => ({
  ...blockReason(block),
  side: block.side,
  words: firstOf(block.words),
});

const blockReason = ({ why, furniture }: JudgedBlock): BlockReason =>
  furniture ? coded(furniture) : { code: why === 'template' ? 'filled-in' : (why ?? 'words') };

const coded = <Kind extends { readonly kind: string }>({ kind, ...facts }: Kind): Coded<Kind> =>
  ({ code: kind, ...facts }) as unknown as Coded<Kind>;

/** Cut between code points: half of one is no character. */
const firstOf = (words: string): string =>
  words.length <= LONGEST_QUOTE ? words : `${[...words.slice(0, LONGEST_QUOTE)].slice(0, LONGEST_QUOTE - 2).join('')}…`;
