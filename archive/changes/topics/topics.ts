import { detectLanguage } from '../languages/detect-language.ts';
import { createPhraseFinder, type PhraseFinder } from '../languages/phrases.ts';
import { type Lexicon, loadLexicons } from './lexicon.ts';
import { TOPICS, type Topic } from './topic-names.ts';

export { TOPICS, type Topic };

/** A text that came or went: its words (`wordsOf`, one blank between them), and those of the headings above it. */
export interface TextOfChange {
  readonly words: string;
  readonly headings?: string | undefined;
  /** What both sides say in the same words is hardly what a change is about. Without sides, all of it came. */
  readonly side?: 'removed' | 'added' | undefined;
  /** Its own language, null where that is not clear; told by its words where it is not given. */
  readonly language?: string | null | undefined;
}

export interface TopicFinder {
  /** Languages in which topics are found (ISO 639-1). */
  readonly languages: readonly string[];
  /**
   * The topics of texts that came or went, the weightiest first, at most three.
   *
   * @param language of the document. A text that is clearly in another one is read in its own: documents hold several.
   * @returns undefined where there is no lexicon for the languages.
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

/** What is said on both sides: the paragraph in which something changed. */
const CONTEXT = 0.2;

interface Entry {
  readonly topic: Topic;
  readonly weight: number;
}

/** How often a phrase stands in what came, in what went, and in the headings above both. */
interface Occurrences {
  added: number;
  removed: number;
  headings: number;
}

/**
 * Each language's phrases are put together when they are first asked for.
 *
 * @param detect the language of words, undefined where it is not clear.
 */
export function createTopicFinder(
  lexicons: ReadonlyMap<string, Lexicon>,
  detect: (words: string) => string | undefined = detectLanguage,
): TopicFinder {
  const finders = new Map<string, PhraseFinder<Entry>>();
  const finderFor = (language: string | undefined): PhraseFinder<Entry> | undefined => {
    const lexicon = language === undefined ? undefined : lexicons.get(language);
    if (!lexicon || language === undefined) return undefined;
    const finder = finders.get(language) ?? createPhraseFinder(entriesOf(lexicon));
    finders.set(language, finder);
    return finder;
  };
  return {
    languages: [...lexicons.keys()],
    topicsOf(language, texts) {
      const counts = new Map<Entry, Occurrences>();
      let isAvailable = language !== undefined && lexicons.has(language);
      for (const { words, headings, side = 'added', language: own = detect(words) } of texts) {
        const finder = finderFor(own ?? language);
        if (!finder) continue;
        isAvailable = true;
        count(finder, words, side, counts);
        if (headings) count(finder, headings, 'headings', counts);
      }
      if (!isAvailable) return undefined;
      // Where only a number changed, the paragraph around it says what it is about.
      const found = weightiest(counts, CONTEXT);
      return found.length > 0 ? found : weightiest(counts, 1);
    },
  };
}

function weightiest(counts: ReadonlyMap<Entry, Occurrences>, context: number): Topic[] {
  const sums = new Map<Topic, number>();
  for (const [{ topic, weight }, { added, removed, headings }] of counts) {
    const said = repeated(Math.abs(added - removed)) + context * repeated(Math.min(added, removed));
    sums.set(topic, (sums.get(topic) ?? 0) + weight * (said + HEADING * repeated(headings)));
  }
  const found = [...sums].sort((a, b) => b[1] - a[1] || TOPICS.indexOf(a[0]) - TOPICS.indexOf(b[0]));
  const least = Math.max(LEAST, (found[0]?.[1] ?? 0) * LEAST_SHARE);
  return found
    .filter(([, weight]) => weight >= least)
    .slice(0, MOST_TOPICS)
    .map(([topic]) => topic);
}

/** The second time a phrase counts half, the third time a third: what is said in several ways outweighs repetition. */
function repeated(times: number): number {
  let sum = 0;
  for (let time = 1; time <= times; time++) {
    // Beyond a hundred times the sum grows by its logarithm.
    if (time > 100) return sum + Math.log(times / 100);
    sum += 1 / time;
  }
  return sum;
}

interface Found {
  readonly entry: Entry;
  readonly start: number;
  readonly end: number;
}

function count(
  finder: PhraseFinder<Entry>,
  text: string,
  place: keyof Occurrences,
  counts: Map<Entry, Occurrences>,
): void {
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
    if (isNegated(negated.get(entry.topic), start, end)) continue;
    const occurrences = counts.get(entry) ?? { added: 0, removed: 0, headings: 0 };
    occurrences[place]++;
    counts.set(entry, occurrences);
  }
}

function isNegated(places: ReadonlySet<number> | undefined, start: number, end: number): boolean {
  if (!places) return false;
  for (let at = start; at < end; at++) if (places.has(at)) return true;
  return false;
}

/** Words without what is joined to their beginning: "l'arbitrage", "dell'utente". */
function wordsIn(text: string): string[] {
  const words = text.split(' ');
  if (!text.includes("'")) return words;
  return words.map((word) => (word.includes("'") ? word.replace(/^\p{L}{1,5}'(?=\p{L}{2})/u, '') : word));
}

const entriesOf = ({ topics }: Lexicon): (readonly [string, Entry])[] =>
  TOPICS.flatMap((topic) =>
    Object.entries(topics[topic] ?? {}).map(
      ([phrase, weight]) => [wordsIn(phrase).join(' '), { topic, weight }] as const,
    ),
  );

const finder = createTopicFinder(loadLexicons(new URL('./', import.meta.url)));

/** Languages in which topics are found. */
export const TOPIC_LANGUAGES: readonly string[] = finder.languages;

/** The topics of texts that came or went, see {@link TopicFinder}. */
export const topicsOf: TopicFinder['topicsOf'] = finder.topicsOf;
