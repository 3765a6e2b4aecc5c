import type { ChangeClass, ChangeState } from '../../api/contract.ts';
import type { FilterName } from '../changes/asked-changes.ts';
import type { PageContext } from '../page-context.ts';
import { topicWords } from './topics.ts';

/** One value of a filter in words: “training of AI”, “from 3 May 2024”. */
export function filterWords(page: PageContext, name: FilterName, value: string): string {
  const { t, format, deps } = page;
  const day = (): string => (Number.isNaN(Date.parse(value)) ? value : format.briefDay(value));
  const apart = value === 'included' || value === 'only' ? t(`filter.${value}`) : t('filter.excluded');
  const words: Readonly<Record<FilterName, () => string>> = {
    collection: () => deps.collections.get(value)?.name ?? value,
    service: () => value,
    type: () => format.termsType(value),
    list: () => deps.collections.lists().find(({ id }) => id === value)?.name ?? value,
    since: () => t('filter.namedSince', { date: day() }),
    until: () => t('filter.namedUntil', { date: day() }),
    technicalUpgrades: () => `${t('filter.technicalUpgrades')}: ${apart}`,
    firstRecords: () => `${t('filter.firstRecords')}: ${apart}`,
    show: () => t(value === 'everything' ? 'filter.everything' : 'filter.alerts'),
    class: () => t(`mark.${value as ChangeClass}`),
    state: () => stateWords(page, value as ChangeState),
    topic: () => topicWords(page, value),
    language: () => format.language(value),
  };
  return words[name]();
}

/** What became of a document, in a word or two. */
export const stateWords = ({ t }: Pick<PageContext, 't'>, state: ChangeState): string =>
  t(state === 'ok' ? 'filter.stateOk' : `state.${state}`);
