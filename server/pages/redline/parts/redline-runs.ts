import { plainText } from '../../../../archive/changes/blocks/plain-text.ts';
import { segmentsOf } from '../../../../archive/changes/redline/segments.ts';
import type { RedlineBlock } from '../../../api/contract.ts';

/** What stands in a redline: a block, or the mark at the place that a moved block left. */
export interface RedlineItem {
  readonly kind: 'block' | 'left';
  readonly block: RedlineBlock;
  /** Of a moved block: the heading that it stood below, where that is another one now. */
  readonly formerHeading: string | undefined;
}

/** Blocks that belong together: one change, or what is unchanged between two. */
export type RedlineRun =
  | { readonly kind: 'change'; readonly number: number; readonly items: readonly RedlineItem[] }
  | { readonly kind: 'unchanged'; readonly isFolded: boolean; readonly items: readonly RedlineItem[] };

/** Unchanged blocks shown before and behind a change. */
const CONTEXT = 1;
/** Fewer are not worth folding. */
const FEWEST_FOLDED = 2;
/** Longer ones are cut where they are named: whole documents marked as a heading exist. */
const LONGEST_HEADING = 200;

/**
 * A redline in runs, in its order; unchanged blocks away from changes are folded.
 *
 * @param isAll nothing is folded
 */
export function runsOf(blocks: readonly RedlineBlock[], isAll = false): RedlineRun[] {
  const runs: RedlineRun[] = [];
  let changes = 0;
  let items: RedlineItem[] = [];
  let isChange = false;
  const finish = (isLast: boolean): void => {
    if (items.length === 0) return;
    if (isChange) {
      changes++;
      runs.push({ kind: 'change', number: changes, items });
    } else runs.push(...foldedRuns(items, { isFirst: runs.length === 0, isLast, isAll }));
    items = [];
  };
  for (const item of itemsOf(blocks)) {
    const isChanged = item.block.kind !== 'equal';
    if (isChanged !== isChange) finish(false);
    isChange = isChanged;
    items.push(item);
  }
  finish(true);
  return runs;
}

function foldedRuns(
  items: RedlineItem[],
  { isFirst, isLast, isAll }: { readonly isFirst: boolean; readonly isLast: boolean; readonly isAll: boolean },
): RedlineRun[] {
  const start = isFirst ? 0 : CONTEXT;
  const end = items.length - (isLast ? 0 : CONTEXT);
  if (isAll || end - start < FEWEST_FOLDED) return [{ kind: 'unchanged', isFolded: false, items }];
  const runs: RedlineRun[] = [
    { kind: 'unchanged', isFolded: false, items: items.slice(0, start) },
    { kind: 'unchanged', isFolded: true, items: items.slice(start, end) },
    { kind: 'unchanged', isFolded: false, items: items.slice(end) },
  ];
  return runs.filter((run) => run.items.length > 0);
}

/** Longer blocks have words; nearly every other one has a letter or a number to see that by. */
const LONGEST_WORDLESS = 20_000;

/** An address without words, or the bracket of a link around several blocks: nothing of it is shown. */
const isWordless = (block: RedlineBlock): boolean => {
  if (block.kind !== 'equal' || block.block === 'rule' || block.block === 'code') return false;
  const length = block.spans.reduce((sum, { text }) => sum + text.length, 0);
  return (
    length < LONGEST_WORDLESS &&
    segmentsOf(block).every(({ pieces }) =>
      pieces.every(({ text, sign }) => (sign === undefined ? text.trim() === '' : sign !== 'image')),
    )
  );
};

/** The blocks, and a mark before what followed a moved block in the former version. */
function itemsOf(all: readonly RedlineBlock[]): RedlineItem[] {
  const blocks = all.filter((block) => !isWordless(block));
  const moved = blocks.filter(({ kind }) => kind === 'moved').toSorted((a, b) => (a.from ?? 0) - (b.from ?? 0));
  if (moved.length === 0) return blocks.map((block) => ({ kind: 'block', block, formerHeading: undefined }));
  const headings = formerHeadings(blocks, moved);
  const items: RedlineItem[] = [];
  let next = 0;
  const leave = (place: number): void => {
    for (let block = moved[next]; block !== undefined && (block.from ?? 0) < place; block = moved[++next]) {
      items.push({ kind: 'left', block, formerHeading: undefined });
    }
  };
  for (const block of blocks) {
    if (block.kind !== 'moved' && block.from !== null) leave(block.from);
    items.push({ kind: 'block', block, formerHeading: headings.get(block) });
  }
  leave(Number.POSITIVE_INFINITY);
  return items;
}

/** The headings that moved blocks stood below, where these are not the ones they stand below now. */
function formerHeadings(
  blocks: readonly RedlineBlock[],
  moved: readonly RedlineBlock[],
): ReadonlyMap<RedlineBlock, string> {
  const former = blocks
    .filter(({ block, from }) => block === 'heading' && from !== null)
    .toSorted((a, b) => (a.from ?? 0) - (b.from ?? 0));
  const found = new Map<RedlineBlock, string>();
  let next = 0;
  for (const block of moved) {
    while (next < former.length && (former[next]?.from ?? 0) < (block.from ?? 0)) next++;
    const heading = former[next - 1];
    if (heading === undefined) continue;
    const text = headingOf(heading);
    if (text !== '' && text !== block.headings.at(-1)?.slice(0, LONGEST_HEADING)) found.set(block, text);
  }
  return found;
}

function headingOf({ spans }: RedlineBlock): string {
  let markdown = '';
  for (const { kind, text } of spans) {
    if (kind !== 'inserted') markdown += text.slice(0, 5 * LONGEST_HEADING - markdown.length);
    if (markdown.length >= 5 * LONGEST_HEADING) break;
  }
  return plainText(markdown).slice(0, LONGEST_HEADING);
}
