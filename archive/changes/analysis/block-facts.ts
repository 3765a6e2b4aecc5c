import { createHash } from 'node:crypto';
import type { Block } from '../blocks/block.ts';
import { wordCount } from './forms.ts';
import { wordsOf } from './meaningful-words.ts';
import { withoutNumbering } from './numbering.ts';

/** What analysis keeps of a distinct block, whatever version it stands in. */
export interface BlockFacts {
  readonly markdown: string;
  readonly kind: Block['kind'];
  /** Names its words: the first 12 characters of the Base64 of their SHA-1; empty for rules, pictures and the like. */
  readonly key: string;
  /** Names its words without the numbering at their beginning. */
  readonly bareKey: string;
  /** Number of words. */
  readonly count: number;
  /** Its links lead to the same places where this is the same. */
  readonly targets: string;
}

export function blockFacts({ markdown, kind }: Pick<Block, 'markdown' | 'kind'>): BlockFacts {
  const words = kind === 'rule' ? '' : blockWords(markdown);
  const key = keyOf(words);
  const bare = withoutNumbering(words, { markdown, kind });
  return {
    markdown,
    kind,
    key,
    bareKey: bare === words ? key : keyOf(bare),
    count: wordCount(words),
    targets: targetsOf(markdown),
  };
}

/** Its words (`wordsOf`) with one blank between them. Not kept with the facts: few blocks of a version change. */
export const blockWords = (markdown: string): string => wordsOf(markdown).join(' ');

export const keyOf = (words: string): string =>
  words === '' ? '' : createHash('sha1').update(words).digest('base64').slice(0, 12);

const targetsOf = (markdown: string): string =>
  markdown.includes('](') || markdown.includes('://')
    ? [...markdown.matchAll(/\]\(([^)\s]*)|\bhttps?:\/\/[^\s<>()[\]"]+/g)]
        .map(([all, target]) => target ?? all)
        .join(' ')
    : '';
