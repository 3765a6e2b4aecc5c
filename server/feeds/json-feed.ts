import { generateJsonFeed } from 'feedsmith';
import type { Feed, FeedEntry } from './feed.ts';
import { feedText } from './feed-text.ts';

export const JSON_FEED_TYPE = 'application/feed+json';

/** A feed as JSON Feed 1.1, the entries' ids, titles and dates being those of the Atom feed. */
export function toJsonFeed(feed: Feed): string {
  const written = generateJsonFeed({
    title: feedText(feed.title) || feedText(feed.id),
    feed_url: feed.self,
    ...(feed.subtitle === undefined ? {} : { description: feedText(feed.subtitle) }),
    ...(feed.logo === undefined ? {} : { icon: feed.logo }),
    authors: [{ name: 'Clausewatch' }],
    items: feed.entries.map(toItem),
  });
  // The generator leaves an empty list out, but `items` is required.
  return JSON.stringify(Object.assign({}, written, feed.entries.length === 0 ? { items: [] } : {}));
}

const toItem = (entry: FeedEntry) => ({
  id: feedText(entry.id),
  url: entry.link.href,
  title: feedText(entry.title),
  content_text: feedText(`${entry.title} (${entry.recordType})`),
  date_published: entry.updated,
  date_modified: entry.updated,
  tags: [feedText(entry.serviceId), feedText(entry.termsType), entry.recordType],
});
