import { findTerms, notFound } from '../../api/find.ts';
import { pointInTime, query } from '../../api/parameters.ts';
import { refuseFuture } from '../../api/refuse-future.ts';
import { refuseInvalid } from '../../api/refuse-invalid.ts';
import type { AddPage } from '../pages.ts';

const QUERY = query({ date: pointInTime('When it was in force.') });

/** Leads to the version of terms that stood on a day; without one, to the latest. */
export function addVersionAt(add: AddPage): void {
  add('/:collection/services/:service/:type/at', ({ c, deps, to, t, format, now }) => {
    const { collection = '', service = '', type = '' } = c.req.param() as Readonly<Record<string, string | undefined>>;
    const found = findTerms(deps.collections, { collection, service, termsType: type });
    const { reader, serviceId, termsType } = found;
    // A field that was left empty asks for nothing.
    const given = Object.entries(c.req.queries()).filter(([, values]) => values.join('') !== '');
    const read = QUERY.safeParse(Object.fromEntries(given.map(([name, values]) => [name, one(values)])));
    if (!read.success) {
      refuseInvalid({ ...read, target: 'query' }, c);
      throw read.error;
    }
    const { date } = read.data;
    if (date !== undefined) refuseFuture(date, now);
    const version =
      date === undefined ? reader.latestVersion(serviceId, termsType) : reader.versionAt(serviceId, termsType, date);
    if (version) {
      c.header('Cache-Control', 'public, max-age=60');
      return c.redirect(to.version({ collection: found.collection.id, serviceId, termsType, id: version.id }), 302);
    }
    const first = reader.firstVersion(serviceId, termsType);
    if (!first || date === undefined) throw notFound(t('version.noneRecorded'));
    throw notFound(t('version.noneAt', { date: format.day(date), first: format.day(first.fetchDate) }));
  });
}

const one = (values: readonly string[]): string | readonly string[] | undefined =>
  values.length > 1 ? values : values[0];
