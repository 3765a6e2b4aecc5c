import type { RedlineSpan } from '../../../archive/changes/redline/redline-types.ts';
import { compareWords } from '../../../archive/changes/redline/spans.ts';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import type { ChangedWording } from '../../../archive/index/clause.ts';
import { IndexUnavailableError } from '../../../archive/index/index-error.ts';
import type { IndexedVersion } from '../../../archive/index/indexed-record.ts';
import { createKeptOfIndex } from '../kept-of-index.ts';

/** What happened in a change, in its own words: the heading and the first changed words with a few around them. */
export interface Gist {
  /** Without Markdown's marks; undefined: above the first heading. */
  readonly heading: string | undefined;
  readonly spans: readonly RedlineSpan[];
}

/** Characters in a line about a change, and of these before the first changed word. */
const LENGTH = 220;
const LEAD = 60;
const LONGEST_HEADING = 90;
/** Steps of comparing: paragraphs, not tables. */
const BUDGET = 20_000;

/** About a kilobyte each. Lists are of the latest changes for nearly everybody, and a line is mostly its gist. */
const keptGists = createKeptOfIndex<Gist | undefined>(4_000);

/**
 * undefined: the text of the version is not in the index yet, or the change is not one of words.
 *
 * @param asked topics that the reader asked for: what is about them goes before what weighs most
 */
export function gistOf(
  collection: ServedCollection,
  version: Pick<IndexedVersion, 'seq' | 'analysis'>,
  asked: readonly string[] = [],
): Gist | undefined {
  const { analysis } = version;
  const topics = [...new Set([...asked, ...(analysis?.topics ?? []).slice(0, 1)])];
  try {
    return keptGists(collection, `${version.seq} ${topics.join(' ')}`, (reader) => {
      const wording = reader.changedWording(version, { topics, language: analysis?.language });
      return wording && toGist(wording);
    });
  } catch (error) {
    // A list without these words is better than none.
    if (error instanceof IndexUnavailableError) return undefined;
    throw error;
  }
}

export function toGist({ heading, before, after }: ChangedWording): Gist | undefined {
  const [former, present] = [before, after].map((text) => text && plain(text));
  const spans = spansOf(former, present);
  const shown = around(spans);
  return shown.length > 0
    ? { heading: heading && cut(withoutMarks(heading), LONGEST_HEADING), spans: shown }
    : undefined;
}

function spansOf(before: string | undefined, after: string | undefined): readonly RedlineSpan[] {
  if (before && after) return compareWords(before, after, { left: BUDGET });
  if (after) return [{ kind: 'inserted', text: after }];
  return before ? [{ kind: 'deleted', text: before }] : [];
}

/** The first change with some words before it and what follows, on one line. */
function around(spans: readonly RedlineSpan[]): RedlineSpan[] {
  const first = spans.findIndex(({ kind }) => kind !== 'equal');
  if (first < 0) return [];
  const lead = spans[first - 1]?.text ?? '';
  const shown: RedlineSpan[] = [];
  if (lead !== '')
    shown.push({ kind: 'equal', text: first === 1 && lead.length <= LEAD ? lead : cutBefore(lead, LEAD) });
  let left = LENGTH - (shown[0]?.text.length ?? 0);
  // What was deleted must leave room for what took its place.
  const isReplaced = spans[first]?.kind === 'deleted' && spans[first + 1]?.kind === 'inserted';
  for (const [place, { kind, text }] of spans.slice(first).entries()) {
    const part = cut(text, place === 0 && isReplaced ? Math.floor(left / 2) : left);
    shown.push({ kind, text: part });
    left -= part.length;
    if (left < 12 || (part !== text && !(place === 0 && isReplaced))) break;
  }
  return shown;
}

/** Marks of headings, lists and quotes, and numbers, which stand for the form and not for the words. */
const plain = (text: string): string => withoutMarks(text).replace(/^\d{1,4}[.)] /u, '');

/** On one line. Sections keep their numbers: they are spoken of by them. */
const withoutMarks = (text: string): string =>
  text
    .replace(/^[\s>]*(?:#{1,6}\s+|[-*+]\s+)?/u, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

function cut(text: string, most: number): string {
  const characters = [...text.slice(0, most * 2 + 2)];
  if (characters.length <= most) return text;
  const short = characters.slice(0, Math.max(1, most)).join('');
  const space = short.lastIndexOf(' ');
  return `${space > short.length - 24 && space > 0 ? short.slice(0, space) : short} …`;
}

function cutBefore(text: string, most: number): string {
  const characters = [...text.slice(-2 * most)];
  if (characters.length <= most && text.length <= 2 * most) return text;
  const short = characters.slice(-most).join('');
  const space = short.indexOf(' ');
  return `… ${space >= 0 && space < 24 ? short.slice(space + 1) : short}`;
}
