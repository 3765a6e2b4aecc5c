import type { RedlineBlock } from '../../../server/api/contract.ts';
import type { Words } from '../../words/make-words.ts';
import { element } from '../element.ts';
import { redlineText } from './redline-text.ts';

/** A block that differs, and what is told above it. */
export interface RedlineParagraph {
  readonly block: RedlineBlock;
  /** Unchanged blocks between it and the one before. */
  readonly unchanged: number;
  /** Headings above it, where they are not those of the one before; outermost first. */
  readonly path: readonly string[];
}

/** Longer headings are cut: whole documents marked as a heading exist. */
const LONGEST_HEADING = 120;

/**
 * The blocks of a redline that differ, in order.
 *
 * @param isWhole whether all that differ are there: then blocks that are missing between two are unchanged
 * @param title what the text as a whole is called: nearly always its outermost heading too
 */
export function paragraphsOf(blocks: readonly RedlineBlock[], isWhole: boolean, title: string): RedlineParagraph[] {
  const paragraphs: RedlineParagraph[] = [];
  let unchanged = 0;
  let before: RedlineBlock | undefined;
  for (const block of blocks) {
    if (block.kind === 'equal') {
      unchanged++;
      continue;
    }
    const between = unchanged || (isWhole ? distance(before, block) : 0);
    const isSame = block.headings.join('\n') === before?.headings.join('\n');
    paragraphs.push({
      block,
      unchanged: before ? between : 0,
      path: isSame ? [] : withoutTitle(block.headings, title),
    });
    unchanged = 0;
    before = block;
  }
  return paragraphs;
}

/** Blocks of the new version that stand between two. */
function distance(before: RedlineBlock | undefined, block: RedlineBlock): number {
  if (typeof before?.to !== 'number' || block.to === null) return 0;
  return Math.max(0, block.to - before.to - 1);
}

const withoutTitle = (headings: readonly string[], title: string): readonly string[] =>
  headings.length > 1 && headings[0]?.toLowerCase().includes(title.toLowerCase()) ? headings.slice(1) : headings;

/** Characters that somebody inserted or deleted. */
export const changedLength = ({ spans }: RedlineBlock): number =>
  spans.reduce((sum, { kind, text }) => sum + (kind === 'equal' ? 0 : text.length), 0);

/** @param language of the text, ISO 639-1; `null`: not known, and not said to be that of the page */
export function paragraphView(
  { block, unchanged, path }: RedlineParagraph,
  words: Words,
  language: string | null,
): HTMLElement[] {
  const quoted = { dir: 'auto', lang: language ?? '' };
  const label = labelOf(block, words);
  const isBullet = block.block === 'list-item' && /^[ \t>]{0,80}[*+-](?:\s|$)/.test(block.spans[0]?.text ?? '');
  const view = element('div', { class: `para ${block.kind} ${block.block}${isBullet ? ' bullet' : ''}` }, [
    label === undefined ? undefined : element('span', { class: 'label' }, [label]),
    element('div', { class: 'text', ...quoted }, redlineText(block, words)),
  ]);
  const above: HTMLElement[] = [];
  if (unchanged > 0) above.push(element('p', { class: 'gap' }, [words('redline_unchanged', { count: unchanged })]));
  if (path.length > 0) above.push(element('p', { class: 'path', ...quoted }, [path.map(cutHeading).join(' › ')]));
  return [...above, view];
}

function labelOf({ kind, from }: RedlineBlock, words: Words): string | undefined {
  if (kind === 'inserted' || kind === 'deleted') return words(`redline_${kind}`);
  if (kind !== 'moved') return undefined;
  return from === null ? words('redline_moved') : words('redline_moved_from', { number: from + 1 });
}

const cutHeading = (heading: string): string =>
  heading.length > LONGEST_HEADING ? `${heading.slice(0, LONGEST_HEADING).replace(/[\uD800-\uDBFF]$/, '')}…` : heading;
