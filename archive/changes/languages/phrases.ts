/**
 * Finds many phrases in one pass over the words. A phrase is words with one blank between them, as `wordsOf` gives them;
 * `word*` stands for any ending, `*word` and `*word*` for a part of a longer word (compounds), `#` for a number, and `…`
 * between two words for nothing or up to five words.
 */
export interface PhraseFinder<T> {
  /** Calls back for each place where a phrase stands: first word, and behind the last one. Overlaps are all told. */
  find(words: readonly string[], onFound: (value: T, start: number, end: number) => void): void;
}

interface Part {
  readonly text: string;
  readonly match: 'exact' | 'start' | 'end' | 'inside' | 'number';
  /** Words that may stand before it. */
  readonly gap: number;
}

interface Phrase<T> {
  readonly value: T;
  readonly parts: readonly Part[];
}

const GAP = 5;
/** Of a longer word, only the beginning is looked at: a string of 200 KB without a blank is no compound. */
const LONGEST_WORD = 60;
/** Words whose phrases are remembered; terms hold some ten thousand different ones. */
const REMEMBERED = 50_000;

export function createPhraseFinder<T>(entries: Iterable<readonly [phrase: string, value: T]>): PhraseFinder<T> {
  const byFirst: Record<Part['match'], Map<string, Phrase<T>[]>> = {
    exact: new Map(),
    start: new Map(),
    end: new Map(),
    inside: new Map(),
    number: new Map(),
  };
  for (const [text, value] of entries) {
    const parts = partsOf(text);
    const first = parts[0];
    if (!first) continue;
    const phrases = byFirst[first.match];
    phrases.set(first.text, [...(phrases.get(first.text) ?? []), { value, parts }]);
  }
  const starts = lengths(byFirst.start);
  const insides = lengths(byFirst.inside);
  const ends = lengths(byFirst.end);

  const beginningWith = (word: string): readonly Phrase<T>[] => {
    const found = [...(byFirst.exact.get(word) ?? [])];
    const short = word.slice(0, LONGEST_WORD);
    for (const length of starts) {
      if (length <= short.length) found.push(...(byFirst.start.get(short.slice(0, length)) ?? []));
    }
    for (const length of ends) {
      if (length <= word.length) found.push(...(byFirst.end.get(word.slice(-length)) ?? []));
    }
    for (let at = 0; at < short.length; at++) {
      for (const length of insides) {
        if (at + length <= short.length) found.push(...(byFirst.inside.get(short.slice(at, at + length)) ?? []));
      }
    }
    if (isNumber(word)) found.push(...(byFirst.number.get('') ?? []));
    return found;
  };
  let known = new Map<string, readonly Phrase<T>[]>();

  return {
    find(words, onFound) {
      for (let at = 0; at < words.length; at++) {
        const word = words[at] ?? '';
        let phrases = known.get(word);
        if (!phrases) {
          phrases = beginningWith(word);
          if (known.size >= REMEMBERED) known = new Map();
          known.set(word, phrases);
        }
        for (const { value, parts } of phrases) {
          const end = endOf(parts, words, at + 1);
          if (end !== undefined) onFound(value, at, end);
        }
      }
    },
  };
}

function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let gap = 0;
  for (const word of text.split(' ')) {
    if (word === '…') gap = GAP;
    else {
      parts.push({ ...partOf(word), gap });
      gap = 0;
    }
  }
  return parts;
}

function partOf(word: string): Omit<Part, 'gap'> {
  const text = word.replace(/^\*|\*$/g, '');
  if (word === '#') return { text: '', match: 'number' };
  if (word.startsWith('*')) return { text, match: word.endsWith('*') ? 'inside' : 'end' };
  return { text, match: word.endsWith('*') ? 'start' : 'exact' };
}

/** Behind the phrase whose first word stands before `at`; undefined where another word follows. */
function endOf(parts: readonly Part[], words: readonly string[], at: number): number | undefined {
  let next = at;
  for (let place = 1; place < parts.length; place++) {
    const part = parts[place];
    if (!part) break;
    let skipped = 0;
    while (!isPart(words[next], part)) {
      if (skipped++ >= part.gap) return undefined;
      next++;
    }
    next++;
  }
  return next;
}

function isPart(word: string | undefined, { text, match }: Part): boolean {
  if (word === undefined) return false;
  switch (match) {
    case 'exact':
      return word === text;
    case 'start':
      return word.startsWith(text);
    case 'end':
      return word.endsWith(text);
    case 'inside':
      return word.slice(0, LONGEST_WORD).includes(text);
    case 'number':
      return isNumber(word);
  }
}

const isNumber = (word: string): boolean => /^\p{N}/u.test(word);

const lengths = (phrases: ReadonlyMap<string, unknown>): number[] =>
  [...new Set([...phrases.keys()].map((text) => text.length))].sort((a, b) => a - b);
