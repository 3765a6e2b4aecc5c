import { redline } from '../../../../../archive/changes/redline/redline.ts';
import type { RedlineWords } from '../../../../../server/pages/redline/parts/redline-words.ts';

/** Words that can be told from those of terms. */
export const WORDS: RedlineWords = {
  language: 'en',
  inserted: 'INSERTED',
  deleted: 'DELETED',
  moved: 'MOVED',
  image: 'IMAGE',
  movedFrom: (heading, number) => `MOVED FROM ${heading ?? number}`,
  movedTo: (number) => `MOVED TO ${number}`,
  unchanged: (count) => `${count} UNCHANGED`,
  change: (number, of) => `CHANGE ${number} OF ${of}`,
  previous: 'PREVIOUS',
  next: 'NEXT',
  since: 'SINCE',
  sinceOf: (number) => `SINCE, ${number}`,
  wordless: 'WORDLESS',
  before: 'BEFORE',
  after: 'AFTER',
};

/** The blocks of the redline of two texts, and the first that is not the same in both. */
export function compare(before: string, after: string) {
  const { blocks } = redline(before, after);
  const changed = blocks.find(({ kind }) => kind !== 'equal');
  if (!changed) throw new Error('The two texts of the test are the same');
  return { blocks, changed };
}
