import { createPhraseFinder, type PhraseFinder } from '../languages/phrases.ts';
import { type Lexicon, loadLexicons } from './lexicon.ts';
import { TOPICS, type Topic } from './topic-names.ts';

export { TOPICS, type Topic };

/** A text that came or went: its words (`wordsOf`, one blank between them), and those of the headings above it. */
export interface TextOfChange {
  readonly words: string;
  readonly headings?: string | undefined;
}

export interface TopicFinder {
  /** Languages in which topics are found (ISO 639-1). */
  readonly languages: readonly string[];
  /**
   * The topics of texts that came or went, the weightiest first, at most three.
   *
   * @returns undefined where there is no lexicon for the language.
   */
  topicsOf(language: string | undefined, texts: readonly TextOfChange[]): Topic[] | undefined;
}

/** Below this weight a topic is a mention in passing. */
const LEAST = 0.7;
/** Of the weightiest topic's weight: in a long text, everything is mentioned somewhere. */
const LEAST_SHARE = 0.2;
const MOST_TOPICS = 3;
/** A heading speaks for all below it, a little less than their own words. */
const HEADING = 0.9;

interface Entry {
  readonly topic: Topic;
  readonly phrase: string;
  readonly weight: number;
}

/** Each language's phrases are put together when they are first asked for. */
export function createTopicFinder(lexicons: ReadonlyMap<string, Lexicon>): TopicFinder {
  const finders = new Map<string, PhraseFinder<Entry>>();
  const finderFor = (language: string): PhraseFinder<Entry> | undefined => {
    const lexicon = lexicons.get(language);
    if (!lexicon) return undefined;
    const finder = finders.get(language) ?? createPhraseFinder(entriesOf(lexicon));
    finders.set(language, finder);
    return finder;
  };
  return {
    languages: [...lexicons.keys()],
    topicsOf(language, texts) {
      const finder = language === undefined ? undefined : finderFor(language);
      if (!finder) return undefined;
      const sums = new Sums();
      for (const { words, headings } of texts) {
        weigh(finder, words, 1, sums);
        if (headings) weigh(finder, headings, HEADING, sums);
      }
      const found = [...sums.byTopic].sort((a, b) => b[1] - a[1] || TOPICS.indexOf(a[0]) - TOPICS.indexOf(b[0]));
      const least = Math.max(LEAST, (found[0]?.[1] ?? 0) * LEAST_SHARE);
      return found
        .filter(([, weight]) => weight >= least)
        .slice(0, MOST_TOPICS)
        .map(([topic]) => topic);
    },
  };
}

/** The second time a phrase counts half, the third time a third: what is said in several ways outweighs repetition. */
class Sums {
  readonly byTopic = new Map<Topic, number>();
  readonly #times = new Map<Entry, number>();

  add(entry: Entry, factor: number): void {
    const times = (this.#times.get(entry) ?? 0) + 1;
    this.#times.set(entry, times);
    this.byTopic.set(entry.topic, (this.byTopic.get(entry.topic) ?? 0) + (entry.weight * factor) / times);
  }
}

interface Found {
  readonly entry: Entry;
  readonly start: number;
  readonly end: number;
}

function weigh(finder: PhraseFinder<Entry>, text: string, factor: number, sums: Sums): void {
  const found: Found[] = [];
  /** By topic, the words that speak of something else. */
  const negated = new Map<Topic, Set<number>>();
  finder.find(wordsIn(text), (entry, start, end) => {
    if (entry.weight > 0) found.push({ entry, start, end });
    else {
      const places = negated.get(entry.topic) ?? new Set();
      for (let at = start; at < end; at++) places.add(at);
      negated.set(entry.topic, places);
    }
  });
  for (const { entry, start, end } of found) {
    if (!isNegated(negated.get(entry.topic), start, end)) sums.add(entry, factor);
  }
}

function isNegated(places: ReadonlySet<number> | undefined, start: number, end: number): boolean {
  if (!places) return false;
  for (let at = start; at < end; at++) if (places.has(at)) return true;
  return false;
}

/** Words without what is joined to their beginning: "l'arbitrage", "dell'utente". */
const wordsIn = (text: string): string[] =>
  text.split(' ').map((word) => (word.includes("'") ? word.replace(/^\p{L}{1,5}'(?=\p{L}{2})/u, '') : word));

const entriesOf = ({ topics }: Lexicon): (readonly [string, Entry])[] =>
  TOPICS.flatMap((topic) =>
    Object.entries(topics[topic] ?? {}).map(
      ([phrase, weight]) => [wordsIn(phrase).join(' '), { topic, phrase, weight }] as const,
    ),
  );

const finder = createTopicFinder(loadLexicons(new URL('./', import.meta.url)));

/** Languages in which topics are found. */
export const TOPIC_LANGUAGES: readonly string[] = finder.languages;

/** The topics of texts that came or went, see {@link TopicFinder}. */
export const topicsOf: TopicFinder['topicsOf'] = finder.topicsOf;
