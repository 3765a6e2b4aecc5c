import { html } from 'hono/html';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import { applyChangeFilter, type ChangeFilter } from '../../api/change-filter.ts';
import { DAY } from '../day.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { recordEnd } from '../record-end.ts';

/** A quiet week is nothing to tell of. */
const QUIET = 7 * DAY;

/**
 * Which collections have ended a while ago, each with its last day: what came after that would not be in a list. Nothing
 * where all go on.
 *
 * @param until end of the time that is asked for; what ends later hides nothing
 */
export function recordEnds(page: PageContext, collections: readonly ServedCollection[], until?: Date): Html | '' {
  const { t, format, now } = page;
  const asked = until !== undefined && until < now ? until : now;
  const sentences = collections.flatMap((collection) => {
    const end = recordEnd(collection, now);
    if (end === undefined || now.getTime() - end.date.getTime() < QUIET || end.date >= asked) return [];
    const facts = { collection: collection.name, date: format.day(end.date) };
    return [t(end.basis === 'checks' ? 'notice.checksEnd' : 'notice.recordsEnd', facts)];
  });
  return sentences.length === 0 ? '' : html`<p class="muted record-ends">${sentences.join(' ')}</p>`;
}

/** Of all collections that a filter asks. */
export const recordEndsOf = (page: PageContext, filter: ChangeFilter): Html | '' =>
  recordEnds(
    page,
    applyChangeFilter(page.deps.collections, filter).map(({ collection }) => collection),
    filter.until,
  );

/** When the last of the collections that a filter asks ended, or was looked at; undefined: of none it is known. */
export const lastEndOf = ({ deps, now }: PageContext, filter: ChangeFilter): Date | undefined =>
  applyChangeFilter(deps.collections, filter)
    .flatMap(({ collection }) => recordEnd(collection, now)?.date ?? [])
    .reduce<Date | undefined>((last, end) => (last === undefined || end > last ? end : last), undefined);
