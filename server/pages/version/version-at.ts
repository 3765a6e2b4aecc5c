import { findTerms } from '../../api/find.ts';
import { pointInTime, query } from '../../api/parameters.ts';
import { refuseFuture } from '../../api/refuse-future.ts';
import type { AddPage } from '../pages.ts';
import { readQuery } from '../read-query.ts';
import { answerNoneAt } from './none-at.ts';

const QUERY = query({ date: pointInTime('When it was in force.') });

/** Leads to the version of terms that stood on a day; without one, to the latest. */
export function addVersionAt(add: AddPage): void {
  add('/:collection/services/:service/:type/at', (page) => {
    const { c, deps, to, now } = page;
    const { collection = '', service = '', type = '' } = c.req.param() as Readonly<Record<string, string | undefined>>;
    const found = findTerms(deps.collections, { collection, service, termsType: type });
    const { reader, serviceId, termsType } = found;
    const { date } = readQuery(page, QUERY);
    if (date !== undefined) refuseFuture(date, now);
    const version =
      date === undefined ? reader.latestVersion(serviceId, termsType) : reader.versionAt(serviceId, termsType, date);
    if (version) {
      c.header('Cache-Control', 'public, max-age=60');
      return c.redirect(to.version({ collection: found.collection.id, serviceId, termsType, id: version.id }), 302);
    }
    return answerNoneAt(page, found, date);
  });
}
