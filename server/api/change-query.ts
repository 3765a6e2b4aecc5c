import type { z } from '@hono/zod-openapi';
import { CHANGE_STATES } from '../../archive/changes/analysis/analysed-change.ts';
import { CHANGE_CLASSES } from '../../archive/changes/analysis/difference/difference.ts';
import { LANGUAGES } from '../../archive/changes/languages/language.ts';
import { TOPICS } from '../../archive/changes/topics/topics.ts';
import type { ChangeFilter } from './change-filter.ts';
import { choice, moment, oneOf, someOf, text, texts } from './parameters.ts';

const [FIRST_LANGUAGE = 'en', ...OTHER_LANGUAGES] = LANGUAGES.keys();
/** Those that the language of a text is told from. */
export const LANGUAGE_CODES = [FIRST_LANGUAGE, ...OTHER_LANGUAGES] as const;

const APART = ['included', 'excluded', 'only'] as const;

/** Parameters that narrow records of one collection. */
export const RECORD_FILTERS = {
  service: texts('Id of a service.'),
  type: texts('Terms type.'),
  since: moment('Fetched at this moment or later.'),
  until: moment('Fetched before this moment.'),
};

/** Parameters of the filter of changes, as they stand in addresses of API, feeds, exports and pages. */
export const CHANGE_FILTERS = {
  collection: texts('Id of a collection.'),
  ...RECORD_FILTERS,
  list: text('Id of a named list of services.').optional(),
  technicalUpgrades: oneOf(
    'Versions that came of a change of our reading, not of the text. Default: left out.',
    APART,
    'excluded',
  ),
  firstRecords: oneOf('Versions without an earlier one. Default: left out, as they change nothing.', APART, 'excluded'),
  show: choice(
    '`alerts`: what people should be told, and what withdraws it. `everything`: every change, whatever it is. ' +
      'Default: `alerts`, unless another parameter asks for what is hardly ever one (first records, technical upgrades, ' +
      'other classes than `text` and `date`, the states `return` and `suspect`).',
    ['alerts', 'everything'],
  ),
  class: someOf('What the change is at most.', CHANGE_CLASSES),
  state: someOf('What became of the document with the change.', CHANGE_STATES),
  topic: someOf('What the change is about.', TOPICS),
  language: someOf('Language of the text (ISO 639-1), where it is clear.', LANGUAGE_CODES),
};

type ChangeQuery = { readonly [Name in keyof typeof CHANGE_FILTERS]?: z.output<(typeof CHANGE_FILTERS)[Name]> };

export const toChangeFilter = (query: ChangeQuery): ChangeFilter => ({
  collections: query.collection,
  services: query.service,
  termsTypes: query.type,
  list: query.list,
  since: query.since,
  until: query.until,
  technicalUpgrades: query.technicalUpgrades,
  firstRecords: query.firstRecords,
  show: query.show ?? shownBy(query),
  classes: query.class,
  states: query.state,
  topics: query.topic,
  languages: query.language,
});

const ALERTED_CLASSES: readonly string[] = ['text', 'date'];
const ALERTED_STATES: readonly string[] = ['ok', 'reverted', 'persisting'];

/** Who asks for what is hardly ever an alert would otherwise get nothing, as if there were none. */
function shownBy(query: ChangeQuery): 'alerts' | 'everything' {
  const isApart = [query.technicalUpgrades, query.firstRecords].some((which) => (which ?? 'excluded') !== 'excluded');
  const isQuiet =
    query.class?.some((one) => !ALERTED_CLASSES.includes(one)) ||
    query.state?.some((one) => !ALERTED_STATES.includes(one));
  return isApart || isQuiet ? 'everything' : 'alerts';
}
