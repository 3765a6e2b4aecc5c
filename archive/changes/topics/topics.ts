import { readdirSync, readFileSync } from 'node:fs';

/** What a change may be about; the names are addresses and labels everywhere. */
export const TOPICS = [
  'disputes/arbitration',
  'disputes/class-action',
  'disputes/jurisdiction',
  'disputes/governing-law',
  'liability/limitation',
  'liability/warranty',
  'liability/indemnity',
  'contract/unilateral-change',
  'contract/by-use',
  'contract/notice',
  'account/termination',
  'account/suspension',
  'account/deceased',
  'content/licence',
  'content/removal',
  'content/moderation',
  'content/appeals',
  'content/harmful',
  'data/collection',
  'data/sharing',
  'data/sale',
  'data/retention',
  'data/deletion',
  'data/transfer',
  'data/security',
  'data/law-enforcement',
  'rights/access',
  'rights/opt-out',
  'rights/consent',
  'ads/tracking',
  'ads/targeting',
  'ai/training',
  'ai/generated',
  'ai/automated-decisions',
  'money/fees',
  'money/renewal',
  'money/refunds',
  'money/payouts',
  'minors/age',
  'minors/parental',
  'platform/ranking',
  'platform/developers',
  'platform/sellers',
  'safety/illegal',
] as const;
export type Topic = (typeof TOPICS)[number];

/**
 * The phrases of one language, one file each beside this file: topic → phrase → weight from 0 to 1. Phrases are words as
 * `wordsOf` gives them; a word may end in `*` for any ending. A negative weight takes away: the phrase speaks of
 * something else ("security deposit").
 */
export interface Lexicon {
  readonly version: number;
  /** ISO 639-1. */
  readonly language: string;
  readonly topics: Readonly<Partial<Record<Topic, Readonly<Record<string, number>>>>>;
}

interface Phrase {
  readonly topic: Topic;
  readonly words: readonly string[];
  readonly weight: number;
}

/** Phrases by their first word; those whose first word ends in `*` by what stands before it. */
interface Automaton {
  readonly exact: ReadonlyMap<string, readonly Phrase[]>;
  readonly stems: ReadonlyMap<string, readonly Phrase[]>;
  readonly shortestStem: number;
}

const folder = new URL('./', import.meta.url);
const automata = new Map<string, Automaton>(
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const lexicon: Lexicon = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
      return [lexicon.language, compile(lexicon)];
    }),
);

/** Languages in which topics are found. */
export const TOPIC_LANGUAGES: readonly string[] = [...automata.keys()];

/** Below this weight a topic is a mention in passing. */
const LEAST = 1;
const MOST_TOPICS = 3;
/** A heading speaks for all below it. */
const HEADING = 0.5;

/**
 * The topics of texts that came or went, the weightiest first, at most three.
 *
 * @param texts words of each text, and of the headings above it.
 * @returns undefined where there is no lexicon for the language.
 */
export function topicsOf(
  language: string | undefined,
  texts: readonly { readonly words: string; readonly headings?: string | undefined }[],
): Topic[] | undefined {
  const automaton = language === undefined ? undefined : automata.get(language);
  if (!automaton) return undefined;
  const weights = new Map<Topic, number>();
  for (const { words, headings } of texts) {
    weigh(automaton, words, 1, weights);
    if (headings) weigh(automaton, headings, HEADING, weights);
  }
  return [...weights]
    .filter(([, weight]) => weight >= LEAST)
    .sort((a, b) => b[1] - a[1] || TOPICS.indexOf(a[0]) - TOPICS.indexOf(b[0]))
    .slice(0, MOST_TOPICS)
    .map(([topic]) => topic);
}

/** "l'arbitrage", "dell'utente" → the word itself. */
function withoutElisions(words: string): string {
  return words.replace(/(?<=^| )\p{L}{1,5}'(?=\p{L}{3})/gu, '');
}

function weigh(automaton: Automaton, text: string, factor: number, weights: Map<Topic, number>): void {
  const words = withoutElisions(text).split(' ');
  words.forEach((word, at) => {
    for (const { topic, words: phrase, weight } of startingWith(automaton, word)) {
      if (!follows(words, at, phrase)) continue;
      weights.set(topic, (weights.get(topic) ?? 0) + weight * factor);
    }
  });
}

function* startingWith({ exact, stems, shortestStem }: Automaton, word: string): Generator<Phrase> {
  yield* exact.get(word) ?? [];
  for (let length = word.length; length >= shortestStem; length--) yield* stems.get(word.slice(0, length)) ?? [];
}

const follows = (words: readonly string[], at: number, phrase: readonly string[]): boolean =>
  phrase.every((expected, place) => {
    if (place === 0) return true;
    const word = words[at + place];
    return word !== undefined && (expected.endsWith('*') ? word.startsWith(expected.slice(0, -1)) : word === expected);
  });

function compile({ topics }: Lexicon): Automaton {
  const exact = new Map<string, Phrase[]>();
  const stems = new Map<string, Phrase[]>();
  let shortestStem = Number.POSITIVE_INFINITY;
  for (const topic of TOPICS) {
    for (const [text, weight] of Object.entries(topics[topic] ?? {})) {
      const words = withoutElisions(text).split(' ');
      const first = words[0] ?? '';
      const isStem = first.endsWith('*');
      const key = isStem ? first.slice(0, -1) : first;
      if (isStem) shortestStem = Math.min(shortestStem, key.length);
      const phrases = isStem ? stems : exact;
      const others = phrases.get(key);
      const phrase = { topic, words, weight };
      if (others) others.push(phrase);
      else phrases.set(key, [phrase]);
    }
  }
  return { exact, stems, shortestStem };
}
