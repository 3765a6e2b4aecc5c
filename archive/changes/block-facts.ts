import { createHash } from 'node:crypto';
import type { Block } from './block.ts';
import { wordCount } from './forms.ts';
import { wordsOf } from './words.ts';

/** What analysis needs of a distinct block, whatever version it stands in. */
export interface BlockFacts {
  readonly markdown: string;
  readonly kind: Block['kind'];
  /** Its words (`wordsOf`) with one blank between them; empty for rules, pictures and the like. */
  readonly words: string;
  /** Names the words: the first 12 characters of the Base64 of their SHA-1; empty where there are none. */
  readonly key: string;
  readonly count: number;
  /** Its links lead to the same places where this is the same. */
  readonly targets: string;
}

export function blockFacts({ markdown, kind }: Pick<Block, 'markdown' | 'kind'>): BlockFacts {
  const words = kind === 'rule' ? '' : wordsOf(markdown).join(' ');
  const key = words === '' ? '' : createHash('sha1').update(words).digest('base64').slice(0, 12);
  return { markdown, kind, words, key, count: wordCount(words), targets: targetsOf(markdown) };
}

const targetsOf = (markdown: string): string =>
  markdown.includes('](') || markdown.includes('://')
    ? [...markdown.matchAll(/\]\(([^)\s]*)|\bhttps?:\/\/[^\s<>()[\]"]+/g)]
        .map(([all, target]) => target ?? all)
        .join(' ')
    : '';
