import { LANGUAGES } from '../../languages/language.ts';
import type { BlockFacts } from '../documents/block-facts.ts';
import type { DocumentState } from '../documents/state.ts';

/** How a block is counted: by so many words at its beginning. */
export interface Numbering {
  readonly words: number;
  /** No sign tells it from an amount ("3.2 Fees", "2.5 GB"): the document has to be numbered elsewhere too. */
  readonly isBare: boolean;
}

const NAMES = [...new Set([...LANGUAGES.values()].flatMap(({ numbering }) => numbering))]
  .sort((a, b) => b.length - a.length)
  .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  .join('|');
/** What stands before: signs of headings, items, emphasis, links, empty anchors. */
const START = /^(?:[\s>#*_+|[-]|\]\([^\s()]{0,200}\))*/u;
const LEVELS = String.raw`\d{1,3}(?:\\?\.\d{1,3}){0,6}`;
const NAMED = new RegExp(String.raw`^(?:${NAMES}|§)\s{0,3}(?:${LEVELS}|[ivxlc]{1,6})\b`, 'iu');
/** "3.", "3.2)", "(a)", "iv.", "3. (a)". */
const MARKED = new RegExp(
  String.raw`^(?:\\?[([]?(?:${LEVELS}|[a-z]|[ivxlc]{1,6})\\?[.):\]](?=[\s*_\]\\]|$)[\s*_\\]{0,6})+`,
  'iu',
);
/** "3.2 Fees", and "4.5 4.8 Fees" where a tool counts once more; followed by a capital or a letter of a script without capitals. */
const BARE = new RegExp(
  String.raw`^${LEVELS}\s+(?:\d{1,3}(?:\.\d{1,3}){1,6}\s+)*(?=[*_[("“«„'\s]{0,4}[\p{Lu}\p{Lo}])`,
  'u',
);
/** Blocks with numbering from which on a document is a numbered one. */
const NUMBERED = 4;

/** Numbers, letters and Roman numerals by which headings and items are counted; undefined where there is none. */
export function numberingOf({ markdown, kind }: Pick<BlockFacts, 'markdown' | 'kind'>): Numbering | undefined {
  const from = START.exec(markdown.slice(0, 400))?.[0].length ?? 0;
  const text = markdown.slice(from, from + 60);
  const sure = NAMED.exec(text)?.[0] ?? MARKED.exec(text)?.[0];
  if (sure) return { words: countOf(sure), isBare: false };
  const bare = BARE.exec(text)?.[0];
  if (!bare || (kind !== 'heading' && !bare.includes('.'))) return undefined;
  return { words: countOf(bare), isBare: true };
}

/** A block's words without its numbering. */
export function withoutNumbering(words: string, facts: Pick<BlockFacts, 'markdown' | 'kind'>): string {
  const numbering = numberingOf(facts);
  if (!numbering) return words;
  const rest = words.split(' ').slice(numbering.words);
  // What is nothing but a number is no numbering.
  return rest.length === 0 ? words : rest.join(' ');
}

/** Whether bare numbers at the beginning of a document's blocks count them. */
export const isNumbered = ({ blocks }: DocumentState): boolean => {
  let count = 0;
  for (const { key, bareKey } of blocks) if (key !== bareKey && ++count >= NUMBERED) return true;
  return false;
};

const countOf = (text: string): number => text.match(/\p{L}+|\d+(?:\\?\.\d+)*|§/gu)?.length ?? 0;
