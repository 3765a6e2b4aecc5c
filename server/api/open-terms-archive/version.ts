import type { Hono } from 'hono';
import type { IndexReader } from '../../../archive/index/index-reader.ts';
import type { IndexedVersion } from '../../../archive/index/indexed-record.ts';
import { answerError, SHORT_LIVED } from './answer-json.ts';
import { aroundText } from './around-text.ts';
import { readRequestedDate } from './requested-date.ts';
import type { RoutesContext } from './routes-context.ts';
import { keepWhileUnwritten, whileUnwritten } from './unwritten.ts';
import { answerVersion, type FoundVersion } from './version-answer.ts';

/** Not `immutable`: the text never changes, but the links to later versions of the terms do. */
const WITH_SUCCESSOR = 'public, max-age=86400';
const WITHOUT_SUCCESSOR = 'public, max-age=60';

const NOT_A_DATE = 'Invalid date parameter. Must be an ISO 8601 date and time, such as 2024-03-01T10:00:00Z.';

/** One version: by its id, the latest of terms, or the one in force at a date. */
export function addVersionRoutes(app: Hono, context: RoutesContext): void {
  const { collection, deps } = context;
  const kept = keepWhileUnwritten<string, FoundVersion>();

  app.get('/version/:versionId', (c) => {
    const id = c.req.param('versionId');
    // Shortened ids and those of before a rewritten history too; the index knows what can be an id.
    const found = find([id], (index) => index.versionById(id));
    if (!found) return answerError(c, 404, `No version found with ID "${id}"`);
    // Only a whole id is sure to stand for the same version for ever; lines are counted later than it is recorded.
    const isFinal = found.version.id === id && found.version.additions !== undefined;
    const lifetime = found.around.hasSuccessor ? WITH_SUCCESSOR : WITHOUT_SUCCESSOR;
    return answerVersion(c, context, found, isFinal ? lifetime : SHORT_LIVED);
  });

  app.get('/version/:serviceId/:termsType/latest', (c) => {
    const { serviceId, termsType } = c.req.param();
    const found = find([serviceId, termsType], (index) => index.latestVersion(serviceId, termsType));
    if (!found) {
      return answerError(c, 404, `No version found for service "${serviceId}" and terms type "${termsType}"`);
    }
    return answerVersion(c, context, found, SHORT_LIVED);
  });

  app.get('/version/:serviceId/:termsType/:date', (c) => {
    const { serviceId, termsType, date } = c.req.param();
    const requested = readRequestedDate(date);
    if (requested === undefined) return answerError(c, 400, NOT_A_DATE);
    if (requested > deps.clock()) return answerError(c, 416, 'Requested version is in the future');
    const found = find([serviceId, termsType, requested.getTime()], (index) =>
      index.versionAt(serviceId, termsType, requested),
    );
    if (!found) return answerError(c, 404, `No version found for date ${date}`);
    return answerVersion(c, context, found, SHORT_LIVED);
  });

  function find(
    key: readonly (string | number)[],
    ask: (index: IndexReader) => IndexedVersion | undefined,
  ): FoundVersion | undefined {
    const index = collection.index();
    return kept(index, JSON.stringify(key), () => {
      const stands = whileUnwritten(collection);
      const version = ask(index);
      return version && { version, around: aroundText(index, version), stands };
    });
  }
}
