import { hash } from 'node:crypto';
import type { Block } from '../../blocks/block.ts';
import type { LanguageCounts } from '../../languages/detect-language.ts';
import { lengthInWords } from '../words/forms.ts';
import { wordsOf } from '../words/meaningful-words.ts';
import { withoutNumbering } from '../words/numbering.ts';
import { ownCopy } from '../words/own-copy.ts';
import { createTextMemo } from '../words/text-memo.ts';

/** What analysis keeps of a distinct block, whatever version it stands in. */
export interface BlockFacts {
  readonly markdown: string;
  readonly kind: Block['kind'];
  /** Names its words: the first 12 characters of the Base64 of their SHA-1; empty for rules, pictures and the like. */
  readonly key: string;
  /** Names its words without the numbering at their beginning. */
  readonly bareKey: string;
  /** Number of words; where a script sets none apart, of what makes about one. */
  readonly count: number;
  /** Two whole numbers below 2³² made of the key, of which a state makes its hash. */
  readonly lanes: readonly [number, number];
  /** Its links lead to the same places where this is the same. */
  readonly targets: string;
  /** Frequent words of languages among its words; counted where asked for, and kept. */
  languages?: LanguageCounts;
  /** The language that they tell, null where it is not clear; kept in the same way. */
  language?: string | null;
}

/** Of the blocks met lately: the 3.85 million blocks of 42,632 real versions are 276,272 distinct ones. */
const facts = createTextMemo<BlockFacts>(12_000_000);
const wordsOfBlocks = createTextMemo<string>(4_000_000);

/** The facts of a block; blocks met lately with the same Markdown and kind share one object. */
export function blockFacts(block: Pick<Block, 'markdown' | 'kind'>): BlockFacts {
  let found = facts.get(block.markdown);
  if (found?.kind !== block.kind) {
    found = read(block);
    facts.set(found.markdown, found);
  }
  return found;
}

function read({ markdown, kind }: Pick<Block, 'markdown' | 'kind'>): BlockFacts {
  const words = kind === 'rule' ? '' : wordsOf(markdown).join(' ');
  const key = keyOf(words);
  const bare = withoutNumbering(words, { markdown, kind });
  const copy = ownCopy(markdown);
  // What is new is mostly looked at closer.
  if (kind !== 'rule') wordsOfBlocks.set(copy, words);
  return {
    markdown: copy,
    kind,
    key,
    lanes: lanesOf(key),
    bareKey: bare === words ? key : keyOf(bare),
    count: lengthInWords(words),
    targets: targetsOf(markdown),
  };
}

/** A block's words (`wordsOf`) with one blank between them. Kept for a while, not with the facts: few blocks change. */
export function blockWords(markdown: string): string {
  let found = wordsOfBlocks.get(markdown);
  if (found === undefined) {
    found = wordsOf(markdown).join(' ');
    wordsOfBlocks.set(markdown, found);
  }
  return found;
}

export const keyOf = (words: string): string => (words === '' ? '' : hash('sha1', words, 'base64').slice(0, 12));

function lanesOf(key: string): [number, number] {
  let first = 0x811c9dc5;
  let second = 0x9e3779b9;
  for (let at = 0; at < key.length; at++) {
    first = Math.imul(first ^ key.charCodeAt(at), 0x01000193);
    second = Math.imul(second + key.charCodeAt(at), 0x85ebca6b);
    second ^= second >>> 13;
  }
  return [first >>> 0, second >>> 0];
}

const targetsOf = (markdown: string): string =>
  markdown.includes('](') || markdown.includes('://')
    ? [...markdown.matchAll(/\]\(([^)\s]*)|\bhttps?:\/\/[^\s<>()[\]"]+/g)]
        .map(([all, target]) => target ?? all)
        .join(' ')
    : '';
