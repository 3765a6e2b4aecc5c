import type { Context, Hono } from 'hono';
import { answerFeed, type FeedState } from '../../feeds/answer-feed.ts';
import { MAX_ENTRIES } from '../../feeds/feed.ts';
import type { FeedCache } from '../../feeds/feed-cache.ts';
import { createFeedEntries } from '../../feeds/feed-entry.ts';
import { JSON_FEED_TYPE } from '../../feeds/json-feed.ts';
import { feedTag } from '../../feeds/tags.ts';
import { knownService } from './known-services.ts';
import type { RoutesContext } from './routes-context.ts';
import { keepWhileUnwritten } from './unwritten.ts';

/** Atom feeds of the changes of a collection, of a service, of terms: without technical upgrades, newest first. */
export function addFeedRoutes(app: Hono, context: RoutesContext & { readonly feeds: FeedCache }): void {
  const { collection, deps, versionUrlTemplate, feeds } = context;

  const states = keepWhileUnwritten<string, FeedState>();

  app.get('/feed', (c) => answer(c));

  app.get('/feed/:serviceId', (c) => {
    const service = knownService(collection, c.req.param('serviceId'));
    return service ? answer(c, service.id) : refused(c, 'Service not found');
  });

  app.get('/feed/:serviceId/:termsType', (c) => {
    const { serviceId, termsType } = c.req.param();
    const service = knownService(collection, serviceId);
    if (!service) return refused(c, 'Service not found');
    if (!service.terms.some(({ type }) => type === termsType)) {
      return refused(c, 'Terms type not found for this service');
    }
    return answer(c, serviceId, termsType);
  });

  function answer(c: Context, serviceId?: string, termsType?: string): Response {
    const metadata = collection.metadata();
    const api = context.address(c);
    const scope = [serviceId, termsType].filter((part) => part !== undefined);
    const index = collection.index();
    const links = { template: versionUrlTemplate, api };
    return answerFeed(c, {
      head: {
        id: feedTag(metadata?.id ?? collection.id, ...scope),
        title: metadata?.name ?? collection.name,
        subtitle: metadata?.tagline,
        logo: metadata?.logo,
        self: [`${api}/feed`, ...scope.map(encodeURIComponent)].join('/'),
        alternates: [{ href: jsonAddress(c, serviceId, termsType), type: JSON_FEED_TYPE }],
      },
      entries: () => {
        const toFeedEntry = createFeedEntries();
        return index
          .versions({ serviceId, termsType, technicalUpgrades: 'excluded' }, { limit: MAX_ENTRIES })
          .map((version) => toFeedEntry(collection, version, links));
      },
      format: 'atom',
      isInCommitOrder: true,
      cache: feeds,
      keep: (key, make) => states(index, key, make) ?? make(),
    });
  }

  /** The same entries as JSON Feed, which OTA does not have, stand among our own feeds. */
  function jsonAddress(c: Context, service: string | undefined, type: string | undefined): string {
    const query = new URLSearchParams({ collection: collection.id, firstRecords: 'included' });
    if (service !== undefined) query.set('service', service);
    if (type !== undefined) query.set('type', type);
    return `${deps.publicUrl(c)}/feeds/json?${query}`;
  }
}

/** A sentence, as OTA answers here, not JSON. */
const refused = (c: Context, message: string): Response =>
  c.body(message, 404, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' });
