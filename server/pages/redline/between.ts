import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import type { IndexedVersion } from '../../../archive/index/indexed-record.ts';
import { ApiError } from '../../api/api-error.ts';
import { type FoundTerms, findTerms } from '../../api/find.ts';
import { refuseFuture } from '../../api/refuse-future.ts';
import type { VersionAddress } from '../addresses.ts';
import type { PageHandler } from '../pages.ts';
import { readQuery } from '../read-query.ts';
import { answerNoneAt } from '../version/none-at.ts';
import { BETWEEN_QUERY } from './redline-query.ts';

/** Leads to the redline of the versions that stood on two days, of these terms or of these and others. */
export const answerBetween: PageHandler = (page) => {
  const { c, deps, to, now } = page;
  const { collection = '', service = '', type = '' } = c.req.param();
  const query = readQuery(page, BETWEEN_QUERY);
  const before = findTerms(deps.collections, { collection, service, termsType: type });
  const isOther = (query.collection ?? query.service ?? query.type) !== undefined;
  const after = isOther
    ? findNamed(page.deps.collections, {
        collection: query.collection ?? collection,
        service: query.service ?? service,
        type: query.type ?? type,
      })
    : before;
  if (query.from !== undefined) refuseFuture(query.from, now, 'from', 'Leave it out for the first version.');
  if (query.to !== undefined) refuseFuture(query.to, now, 'to', 'Leave it out for the latest version.');
  const former = versionAt(before, query.from, 'first');
  const later = versionAt(after, query.to, 'latest');
  if (!former) return answerNoneAt(page, before, query.from);
  if (!later) return answerNoneAt(page, after, query.to);
  return c.redirect(
    to.redline(addressOf(before, former), addressOf(after, later), {
      from: query.from && !isSameDay(query.from, former.fetchDate) ? c.req.query('from') : undefined,
      to: query.to && !isSameDay(query.to, later.fetchDate) ? c.req.query('to') : undefined,
    }),
  );
};

/** Terms of a service that a reader names, by its id or as it calls itself. */
function findNamed(
  collections: Parameters<typeof findTerms>[0],
  { collection, service, type }: { readonly collection: string; readonly service: string; readonly type: string },
): FoundTerms {
  try {
    return findTerms(collections, { collection, service, termsType: type });
  } catch (error) {
    const named = idOf(collections.get(collection), service);
    if (!(error instanceof ApiError) || named === undefined || named === service) throw error;
    return findTerms(collections, { collection, service: named, termsType: type });
  }
}

/** Declared services go by their names too; those that are only recorded by their ids. */
function idOf(collection: ServedCollection | undefined, name: string): string | undefined {
  const lower = (text: string): string => text.trim().toLocaleLowerCase('en');
  const wanted = lower(name);
  const declared = collection?.services().find((service) => [service.id, service.name].map(lower).includes(wanted));
  if (declared) return declared.id;
  const recorded = collection?.index().terms();
  return recorded?.find(({ serviceId }) => lower(serviceId) === wanted)?.serviceId;
}

/** The version that stood at a date; undefined before the first record: what was earlier, nobody knows. */
function versionAt(
  { reader, serviceId, termsType }: FoundTerms,
  date: Date | undefined,
  otherwise: 'first' | 'latest',
): IndexedVersion | undefined {
  if (date !== undefined) return reader.versionAt(serviceId, termsType, date);
  return reader[otherwise === 'first' ? 'firstVersion' : 'latestVersion'](serviceId, termsType);
}

const addressOf = ({ collection }: FoundTerms, { serviceId, termsType, id }: IndexedVersion): VersionAddress => ({
  collection: collection.id,
  serviceId,
  termsType,
  id,
});

const isSameDay = (a: Date, b: Date): boolean => a.toISOString().slice(0, 10) === b.toISOString().slice(0, 10);
