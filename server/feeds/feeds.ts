import { type Context, Hono } from 'hono';
import { ApiError } from '../api/api-error.ts';
import { applyChangeFilter, asksJudgement } from '../api/change-filter.ts';
import { describeUnjudged, unjudgedAmong } from '../api/incomplete-analysis.ts';
import { refuseUnknownNames } from '../api/known-names.ts';
import { answerError } from '../api/open-terms-archive/answer-json.ts';
import { collectionApiPath } from '../api/open-terms-archive/routes-context.ts';
import type { ServerDeps } from '../deps.ts';
import { answerFeed, FEED_TYPES, type FeedFormat, type FeedToAnswer } from './answer-feed.ts';
import { topicName } from './change-words.ts';
import { createFeedCache } from './feed-cache.ts';
import { createJudgedEntries } from './judged-entry.ts';
import { keepStates } from './kept-states.ts';
import { listEntries } from './list-entries.ts';
import { answerFeedList } from './list-feeds.ts';
import { pageLinks, startPage } from './page-links.ts';
import { type FeedFilter, readFeedFilter } from './read-feed-filter.ts';

export interface FeedsOptions {
  /** Where people read a version, with `%VERSION_ID` for its id; undefined: the page of its redline, or of the version. */
  readonly versionUrlTemplate?: string | undefined;
}

/** Feeds of changes over all collections: `/atom` and `/json`, both with the filters of lists of changes; `/` lists them. */
export function createFeeds(deps: ServerDeps, { versionUrlTemplate }: FeedsOptions = {}): Hono {
  const app = new Hono();
  const cache = createFeedCache();
  const states = keepStates(deps.collections);
  for (const format of ['atom', 'json'] as const) {
    for (const path of [`/${format}`, `/${format}/`]) app.get(path, (c) => answer(c, format));
  }
  app.get('/', (c) => answerFeedList(c, deps));
  return app;

  function answer(c: Context, format: FeedFormat): Response {
    const read = readFeedFilter(c.req.queries());
    if ('faults' in read) return answerError(c, 400, `This feed cannot be made: ${read.faults.join('; ')}.`);
    const missing = missingOf(read.filter);
    if (missing !== undefined) return answerError(c, 404, missing);
    return answerFeed(c, {
      ...toFeed(deps.publicUrl(c), read, format),
      format,
      cache,
      keep: (key, make) => states.of(read.filter, key, make),
    });
  }

  /** What a filter names that is not here, in words; undefined: nothing. */
  function missingOf(filter: FeedFilter['filter']): string | undefined {
    try {
      refuseUnknownNames(deps.collections, filter);
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return [error.message, error.next].filter((part) => part !== undefined).join(' ');
    }
  }

  function toFeed(
    base: string,
    { filter, query }: FeedFilter,
    format: FeedFormat,
  ): Pick<FeedToAnswer, 'head' | 'entries' | 'isIncomplete'> {
    const address = (of: FeedFormat): string => `${base}/feeds/${of}${query === '' ? '' : `?${query}`}`;
    const list = deps.collections.lists().find(({ id }) => id === filter.list);
    const unjudged = asksJudgement(filter)
      ? unjudgedAmong(applyChangeFilter(deps.collections, filter).map(({ collection }) => collection)).map(
          describeUnjudged,
        )
      : [];
    const names = [
      list?.name ?? filter.list,
      ...(filter.collections ?? []).map((id) => deps.collections.get(id)?.name ?? id),
      ...(filter.services ?? []),
      ...(filter.termsTypes ?? []),
      ...(filter.topics ?? []).map(topicName),
      ...[filter.classes, filter.states].flatMap((narrowed) => narrowed ?? []),
    ].filter((name) => name !== undefined);
    const head = {
      // One feed in two formats: the address of one of them names it.
      id: address('atom'),
      title: [filter.show === 'alerts' ? 'Changes of terms' : 'All changes of terms', names.join(', ')]
        .filter((part) => part !== '')
        .join(': '),
      subtitle: [list?.description, ...unjudged].filter((part) => part !== undefined).join(' ') || undefined,
      logo: undefined,
      page: `${startPage(base)}${query === '' ? '' : `?${query}`}`,
      self: address(format),
      alternates: (['atom', 'json'] as const)
        .filter((other) => other !== format)
        .map((other) => ({ href: address(other), type: FEED_TYPES[other] })),
    };
    const page = pageLinks(base);
    const entries = () => {
      const toEntry = createJudgedEntries();
      return listEntries(deps.collections, filter, (collection, version) => {
        const links = { template: versionUrlTemplate, api: `${base}${collectionApiPath(collection.id)}`, page };
        return toEntry(collection, version, links, filter.show ?? 'everything');
      });
    };
    return { head, entries, isIncomplete: unjudged.length > 0 };
  }
}
