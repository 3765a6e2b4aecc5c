import type { Context, Hono } from 'hono';
import type { IndexedVersion, VersionFilter } from '../../../archive/index/indexed-record.ts';
import { answerError, answerJson } from './answer-json.ts';
import { isoDate } from './iso-date.ts';
import { readPage } from './page-parameters.ts';
import type { RoutesContext } from './routes-context.ts';
import { whileUnwritten } from './unwritten.ts';

/** Lists of versions, newest first: of all, of a service, of terms. */
export function addVersionsRoutes(app: Hono, { collection }: RoutesContext): void {
  app.get('/versions', (c) => answer(c, {}));
  app.get('/versions/:serviceId', (c) => answer(c, { serviceId: c.req.param('serviceId') }));
  app.get('/versions/:serviceId/:termsType', (c) =>
    answer(c, { serviceId: c.req.param('serviceId'), termsType: c.req.param('termsType') }),
  );

  function answer(c: Context, filter: Pick<VersionFilter, 'serviceId' | 'termsType'>): Response {
    const page = readPage(c);
    if ('error' in page) return answerError(c, 400, page.error);
    const stands = whileUnwritten(collection);
    const index = collection.index();
    const { serviceId, termsType } = filter;
    const count = index.countVersions(filter);
    if (count === 0 && serviceId !== undefined) return answerError(c, 404, noneOf(serviceId, termsType));
    // An offset beyond the end needs no query, and may be beyond SQLite's integers.
    const versions = page.offset < count ? index.versions(filter, page) : [];
    // As OTA: parts are taken in commit order, and each is sorted by itself; dates run backwards at technical upgrades.
    const sorted = versions.toSorted((a, b) => b.fetchDate.getTime() - a.fetchDate.getTime());
    const data = sorted.map(termsType === undefined ? toListItem : withLines);
    return answerJson(c, { data, count, limit: page.limit, offset: page.offset }, stands);
  }
}

const noneOf = (serviceId: string, termsType: string | undefined): string =>
  `No versions found for service "${serviceId}"${termsType === undefined ? '' : ` and terms type "${termsType}"`}`;

const toListItem = ({ id, serviceId, termsType, fetchDate, isFirstRecord, isTechnicalUpgrade }: IndexedVersion) => ({
  id,
  serviceId,
  termsType,
  fetchDate: isoDate(fetchDate),
  isFirstRecord,
  isTechnicalUpgrade,
});

const withLines = (version: IndexedVersion) => ({
  ...toListItem(version),
  additions: version.additions ?? null,
  deletions: version.deletions ?? null,
});
