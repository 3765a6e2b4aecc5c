import { CHANGE_FILTERS } from './change-query.ts';
import { moment, oneOf, whole } from './parameters.ts';
import { DEEPEST_HIT } from './search-collections.ts';

const { collection, service, type, list, class: classOf, topic, language } = CHANGE_FILTERS;

/** What a search may be narrowed by, and which part of it is asked for: as in addresses of the API and of pages. */
export const SEARCH_FILTERS = {
  collection,
  service,
  type,
  list,
  class: classOf,
  topic,
  language,
  since: moment('Stood at this moment or later.'),
  until: moment('Stood before this moment.'),
  state: oneOf('Whether it still stands.', ['in-force', 'removed', 'any'], 'any'),
  sort: oneOf('`date`: what appeared last comes first.', ['relevance', 'date'], 'relevance'),
  offset: whole('How many to pass over.', { least: 0, most: DEEPEST_HIT - 1, preset: 0 }),
};
