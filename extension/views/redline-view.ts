import type { RedlineBlock } from '../../server/api/contract.ts';
import type { Words } from '../words/make-words.ts';
import { button, type Child, element } from './element.ts';
import { outsideLink } from './outside-link.ts';
import { redlineText } from './redline/redline-text.ts';

export interface RedlineOptions {
  readonly words: Words;
  /** Of the text, ISO 639-1; `null`: not known, and not said to be that of the page. */
  readonly language: string | null;
  /** Blocks that differ and are not there. */
  readonly leftOut: number;
  /** What the text as a whole is called: not told again above each paragraph. */
  readonly title: string;
  /** Where the whole redline is. */
  readonly whole: string;
}

/** Changed paragraphs that are shown at once; the others open in place. */
const AT_ONCE = 3;
/** Changed characters after which no further paragraph is shown at once. */
const MOST_AT_ONCE = 500;
/** Longer headings are cut: whole documents marked as a heading exist. */
const LONGEST_HEADING = 120;

/**
 * A redline, the same type as the website's: paragraph by paragraph with the headings above it; what was inserted, deleted
 * and moved is told by line, ground, colour and words. What is unchanged is counted, not shown.
 */
export function redlineView(blocks: readonly RedlineBlock[], options: RedlineOptions): HTMLElement {
  const { words, leftOut, whole } = options;
  const shown = paragraphs(blocks, options);
  const first = firstShown(blocks, shown);
  const view = element('div', { class: 'redline' }, shown.slice(0, first).flat());
  const rest = shown.slice(first);
  const note = noteOf(blocks, options);
  if (rest.length > 0) {
    const more = button(
      words('redline_more', { count: rest.length }),
      () => {
        const opened = rest.flat();
        more.replaceWith(...opened);
        const [start] = opened;
        start?.setAttribute('tabindex', '-1');
        start?.focus();
      },
      { class: 'plain more' },
    );
    view.append(more);
  }
  if (note !== undefined) {
    view.append(element('p', { class: 'more' }, [note, ' ', outsideLink(whole, [words('redline_whole')])]));
  }
  return view;

  /** Said beside what is shown. */
  function noteOf(all: readonly RedlineBlock[], { words }: RedlineOptions): Child {
    if (leftOut === 0) return undefined;
    return all.length === 0 ? words('redline_too_large') : words('redline_left_out', { count: leftOut });
  }
}

/** Each changed block with what stands above it: the count of what is unchanged, its headings, its label. */
function paragraphs(
  blocks: readonly RedlineBlock[],
  { words, language, leftOut, title }: RedlineOptions,
): HTMLElement[][] {
  const shown: HTMLElement[][] = [];
  let unchanged = 0;
  let before: RedlineBlock | undefined;
  for (const block of blocks) {
    if (block.kind === 'equal') {
      unchanged++;
      continue;
    }
    // Blocks between two that were not given are unchanged, unless some that differ were left out.
    const between = unchanged || (leftOut === 0 ? distance(before, block) : 0);
    const isSame = block.headings.join('\n') === before?.headings.join('\n');
    const path = isSame ? [] : withoutTitle(block.headings, title);
    const parts: (HTMLElement | undefined)[] = [
      before && between > 0
        ? element('p', { class: 'gap' }, [words('redline_unchanged', { count: between })])
        : undefined,
      path.length > 0
        ? element('p', { class: 'path', dir: 'auto', lang: language ?? '' }, [path.map(cutHeading).join(' › ')])
        : undefined,
      paragraph(block, words, language),
    ];
    shown.push(parts.filter((part) => part !== undefined));
    unchanged = 0;
    before = block;
  }
  return shown;
}

/** The outermost heading is nearly always the name of the whole. */
const withoutTitle = (headings: readonly string[], title: string): readonly string[] =>
  headings.length > 1 && headings[0]?.toLowerCase().includes(title.toLowerCase()) ? headings.slice(1) : headings;

/** Blocks of the new version that stand between two. */
function distance(before: RedlineBlock | undefined, block: RedlineBlock): number {
  if (typeof before?.to !== 'number' || block.to === null) return 0;
  return Math.max(0, block.to - before.to - 1);
}

function paragraph(block: RedlineBlock, words: Words, language: string | null): HTMLElement {
  const text = block.spans[0]?.text.slice(0, 200) ?? '';
  const isBullet = block.block === 'list-item' && /^[ \t>]*[*+-](?:\s|$)/.test(text);
  const label = labelOf(block, words);
  return element('div', { class: `para ${block.kind} ${block.block}${isBullet ? ' bullet' : ''}` }, [
    label === undefined ? undefined : element('span', { class: 'label' }, [label]),
    element('div', { class: 'text', dir: 'auto', lang: language ?? '' }, redlineText(block, words)),
  ]);
}

function labelOf({ kind, from }: RedlineBlock, words: Words): string | undefined {
  if (kind === 'moved')
    return from === null ? words('redline_moved') : words('redline_moved_from', { number: from + 1 });
  return kind === 'inserted' || kind === 'deleted' ? words(`redline_${kind}`) : undefined;
}

/** How many of the paragraphs are shown at once. */
function firstShown(blocks: readonly RedlineBlock[], shown: readonly HTMLElement[][]): number {
  const lengths = blocks
    .filter(({ kind }) => kind !== 'equal')
    .map(({ spans }) => spans.reduce((sum, { kind, text }) => sum + (kind === 'equal' ? 0 : text.length), 0));
  let characters = 0;
  let count = 0;
  for (; count < Math.min(AT_ONCE, shown.length) && characters <= MOST_AT_ONCE; count++)
    characters += lengths[count] ?? 0;
  // One more takes no more room than the button that would show it.
  return shown.length - count === 1 && (lengths[count] ?? 0) < 200 ? shown.length : count;
}

const cutHeading = (heading: string): string =>
  heading.length > LONGEST_HEADING ? `${heading.slice(0, LONGEST_HEADING).replace(/[\uD800-\uDBFF]$/, '')}…` : heading;
