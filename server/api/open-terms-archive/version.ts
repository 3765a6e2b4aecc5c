import type { Hono } from 'hono';
import type { IndexedVersion } from '../../../archive/index/indexed-record.ts';
import { answerError, SHORT_LIVED } from './answer-json.ts';
import { readRequestedDate } from './requested-date.ts';
import type { RoutesContext } from './routes-context.ts';
import { keepWhileUnwritten } from './unwritten.ts';
import { answerVersion } from './version-answer.ts';

/** Seconds. Its text never changes, but the links to later versions of the terms do. */
const WITH_SUCCESSOR = 'public, max-age=86400, immutable';
const WITHOUT_SUCCESSOR = 'public, max-age=60, immutable';

/** One version: by its id, the latest of terms, or the one in force at a date. */
export function addVersionRoutes(app: Hono, context: RoutesContext): void {
  const { collection, deps } = context;
  const found = keepWhileUnwritten<string, IndexedVersion>();

  app.get('/version/:versionId', (c) => {
    const id = c.req.param('versionId');
    // Shortened ids and those of before a rewritten history too; the index knows what can be an id.
    const version = collection.index().versionById(id);
    if (!version) return answerError(c, 404, `No version found with ID "${id}"`);
    // Only a whole id is sure to stand for the same version for ever.
    if (version.id !== id) return answerVersion(c, context, version, () => SHORT_LIVED);
    return answerVersion(c, context, version, (hasSuccessor) => (hasSuccessor ? WITH_SUCCESSOR : WITHOUT_SUCCESSOR));
  });

  app.get('/version/:serviceId/:termsType/latest', (c) => {
    const { serviceId, termsType } = c.req.param();
    const index = collection.index();
    const version = found(index, JSON.stringify([serviceId, termsType]), () =>
      index.latestVersion(serviceId, termsType),
    );
    if (!version) {
      return answerError(c, 404, `No version found for service "${serviceId}" and terms type "${termsType}"`);
    }
    return answerVersion(c, context, version, () => SHORT_LIVED);
  });

  app.get('/version/:serviceId/:termsType/:date', (c) => {
    const { serviceId, termsType, date } = c.req.param();
    const requested = readRequestedDate(date);
    if (requested === undefined) {
      return answerError(
        c,
        400,
        `Invalid date parameter. Must be an ISO 8601 date and time, such as 2024-03-01T10:00:00Z.`,
      );
    }
    if (requested > deps.clock()) return answerError(c, 416, 'Requested version is in the future');
    const index = collection.index();
    const version = found(index, JSON.stringify([serviceId, termsType, requested.getTime()]), () =>
      index.versionAt(serviceId, termsType, requested),
    );
    if (!version) return answerError(c, 404, `No version found for date ${date}`);
    return answerVersion(c, context, version, () => SHORT_LIVED);
  });
}
