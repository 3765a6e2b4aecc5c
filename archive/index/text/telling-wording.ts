import { HIDDEN_MAIL_MARK, SHOWN_MAIL, wordsOf } from '../../changes/analysis/words/meaningful-words.ts';
import { DATE_MARK, withoutDates } from '../../changes/languages/dates.ts';
import { type Topic, topicsOf } from '../../changes/topics/topics.ts';
import type { ChangedWording } from '../clause.ts';

/** What a reader wants to see of a change. */
export interface WordingSought {
  /** The first of these that a changed paragraph carries decides. */
  readonly topics: readonly string[];
  /** Of the terms (ISO 639-1), where it is known. */
  readonly language: string | undefined;
}

/** Words of a sentence; less is a heading, a label or a date. */
const SENTENCE = 8;

/** A changed paragraph with what it says on both sides. */
interface Said {
  readonly change: ChangedWording;
  readonly before: string;
  readonly after: string;
}

/**
 * The one of the changed paragraphs that tells most: the first sentence that carries the topic, else the first sentence,
 * else the first words. What differs in a date or in a mail address that is hidden from crawlers alone comes last: only
 * where nothing else changed.
 *
 * @param changes are asked for one after the other, until one tells enough
 * @param others where nothing tells anything: asked only then
 */
export function tellingWording(
  changes: Iterable<ChangedWording>,
  sought: WordingSought | undefined,
  others: () => readonly ChangedWording[] = () => [],
): ChangedWording | undefined {
  const all = remembered(changes);
  const found = remembered(
    all()
      .map(said)
      .filter(({ before, after }) => before !== after),
  );
  const sentences = remembered(found().filter(isSentence));
  const { topics = [], language } = sought ?? {};
  for (const topic of topics) {
    const about = sentences().find((one) => carries(one, topic, language));
    if (about) return about.change;
  }
  const [first] = [...sentences().take(1), ...found().take(1)];
  return first?.change ?? tellingOf(others()) ?? [...all().take(1)][0];
}

/** What is made one by one, from the beginning as often as it is asked for; each is made once, and only when it is needed. */
function remembered<Item>(items: Iterable<Item>): () => IteratorObject<Item> {
  const made: Item[] = [];
  const rest = items[Symbol.iterator]();
  return function* fromTheBeginning() {
    let place = 0;
    for (;;) {
      // Others may have gone on meanwhile.
      for (const item of made.slice(place)) {
        place++;
        yield item;
      }
      if (place < made.length) continue;
      const next = rest.next();
      if (next.done) return;
      made.push(next.value);
    }
  };
}

const tellingOf = (changes: readonly ChangedWording[]): ChangedWording | undefined =>
  changes.length === 0 ? undefined : tellingWording(changes, undefined);

const said = (change: ChangedWording): Said => ({
  change,
  before: comparable(change.before),
  after: comparable(change.after),
});

/** Words without what changes of itself. */
const comparable = (text = ''): string =>
  withoutDates(wordsOf(text).join(' '))
    .split(' ')
    .filter((word) => word !== DATE_MARK && word !== HIDDEN_MAIL_MARK && !word.startsWith(SHOWN_MAIL))
    .join(' ');

const isSentence = ({ before, after }: Said): boolean => (after || before).split(' ', SENTENCE).length === SENTENCE;

function carries({ change, before, after }: Said, topic: string, language: string | undefined): boolean {
  // The language of the terms is told by all of their words, better than by a few.
  const own = language === undefined ? {} : { language: null };
  const headings = change.heading === undefined ? undefined : wordsOf(change.heading).join(' ');
  const texts = [
    { ...own, words: after, headings, side: 'added' as const },
    { ...own, words: before, side: 'removed' as const },
  ];
  const topics: readonly Topic[] =
    topicsOf(
      language,
      texts.filter(({ words }) => words !== ''),
    ) ?? [];
  return topics.some((one) => one === topic);
}
