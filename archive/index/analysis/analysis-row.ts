import { CHANGE_STATES } from '../../changes/analysis/analysed-change.ts';
import { CHANGE_CLASSES } from '../../changes/analysis/difference/difference.ts';
import type { StatedDate } from '../../changes/analysis/effective-date.ts';
import { TOPICS, type Topic } from '../../changes/topics/topics.ts';
import { integer, optionalText, type Row } from '../../ledger/row.ts';
import type { VersionAnalysis } from '../indexed-record.ts';

/** The side from which readers are answered; null before anything is judged. */
export const SERVED_SIDE = '(SELECT side FROM judging WHERE is_served = 1)';

/** To be put after `version v`: its analysis, where there is one. */
export const WITH_ANALYSIS = `LEFT JOIN analysis a ON a.side = ${SERVED_SIDE} AND a.seq = v.seq`;

/** What `toAnalysis` reads. */
export const ANALYSIS_COLUMNS = `a.class, a.state, a.is_alert, a.significance, a.topics, a.language, a.words_added,
  a.words_removed, a.stated_dates, a.undoes`;

const TOPIC_NAMES = new Map<string, Topic>(TOPICS.map((topic) => [topic, topic]));
const NO_TOPICS: readonly Topic[] = [];
const NO_DATES: readonly StatedDate[] = [];
const NO_IDS: readonly string[] = [];

/** @returns undefined for a version without an analysis, or with one of another release that this one cannot read. */
export function toAnalysis(row: Row): VersionAnalysis | undefined {
  if (row.class === null) return undefined;
  const changeClass = CHANGE_CLASSES.find((name) => name === row.class);
  const state = CHANGE_STATES.find((name) => name === row.state);
  if (!changeClass || !state) return undefined;
  return {
    class: changeClass,
    state,
    alert: row.is_alert === 1,
    significance: integer(row, 'significance') / 100,
    topics: topicsOf(optionalText(row, 'topics')),
    language: optionalText(row, 'language'),
    statedDates: list(row, 'stated_dates') ?? NO_DATES,
    undoes: list(row, 'undoes') ?? NO_IDS,
    wordsAdded: integer(row, 'words_added'),
    wordsRemoved: integer(row, 'words_removed'),
  };
}

function topicsOf(names: string | undefined): readonly Topic[] | null {
  if (names === undefined) return null;
  if (names === '') return NO_TOPICS;
  return names.split(' ').flatMap((name) => TOPIC_NAMES.get(name) ?? []);
}

const list = (row: Row, column: string) => {
  const value = optionalText(row, column);
  return value === undefined ? undefined : JSON.parse(value);
};
