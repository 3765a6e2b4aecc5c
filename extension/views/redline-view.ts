import type { RedlineBlock } from '../../server/api/contract.ts';
import type { Words } from '../words/make-words.ts';
import { button, element } from './element.ts';
import { outsideLink } from './outside-link.ts';
import { changedLength, paragraphsOf, paragraphView, type RedlineParagraph } from './redline/paragraph.ts';

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
/** A last paragraph no longer than this takes no more room than the button that would show it. */
const SHORT = 200;

/**
 * A redline, the same type as the website's: paragraph by paragraph with the headings above it; what was inserted, deleted
 * and moved is told by line, ground, colour and words. What is unchanged is counted, not shown.
 */
export function redlineView(blocks: readonly RedlineBlock[], options: RedlineOptions): HTMLElement {
  const { words, language, leftOut, title } = options;
  const paragraphs = paragraphsOf(blocks, leftOut === 0, title);
  const build = (some: readonly RedlineParagraph[]): HTMLElement[] =>
    some.flatMap((paragraph) => paragraphView(paragraph, words, language));
  const count = countAtOnce(paragraphs);
  const view = element('div', { class: 'redline' }, build(paragraphs.slice(0, count)));
  const rest = paragraphs.slice(count);
  if (rest.length > 0) view.append(moreButton(words('redline_more', { count: rest.length }), () => build(rest)));
  if (leftOut > 0) view.append(leftOutNote(blocks.length === 0, options));
  return view;
}

/** In its place stands afterwards what it built, with the focus at its beginning. */
function moreButton(label: string, build: () => readonly HTMLElement[]): HTMLElement {
  const more = button(
    label,
    () => {
      const built = build();
      more.replaceWith(...built);
      const [start] = built;
      start?.setAttribute('tabindex', '-1');
      start?.focus();
    },
    { class: 'plain more' },
  );
  return more;
}

function leftOutNote(isAll: boolean, { words, leftOut, whole }: RedlineOptions): HTMLElement {
  const note = isAll ? words('redline_too_large') : words('redline_left_out', { count: leftOut });
  return element('p', { class: 'more' }, [note, ' ', outsideLink(whole, [words('redline_whole')])]);
}

function countAtOnce(paragraphs: readonly RedlineParagraph[]): number {
  const most = Math.min(AT_ONCE, paragraphs.length);
  let characters = 0;
  let count = 0;
  for (; count < most && characters <= MOST_AT_ONCE; count++) characters += lengthOf(paragraphs[count]);
  return paragraphs.length - count === 1 && lengthOf(paragraphs[count]) < SHORT ? paragraphs.length : count;
}

const lengthOf = (paragraph: RedlineParagraph | undefined): number => (paragraph ? changedLength(paragraph.block) : 0);
