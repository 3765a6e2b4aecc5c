import { generateJsonFeed } from 'feedsmith';
import { type EntryJudgement, type Feed, type FeedEntry, summaryIn } from './feed.ts';
import { feedText } from './feed-text.ts';

export const JSON_FEED_TYPE = 'application/feed+json';

/** A feed as JSON Feed 1.1, the entries' ids, titles and dates being those of the Atom feed. */
export function toJsonFeed(feed: Feed): string {
  const written = generateJsonFeed({
    title: feedText(feed.title) || feedText(feed.id),
    ...(feed.page === undefined ? {} : { home_page_url: feed.page }),
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
  ...(entry.judgement?.undoes[0] && { external_url: entry.judgement.undoes[0].link.href }),
  title: feedText(entry.title),
  ...textsOf(entry),
  date_published: entry.updated,
  date_modified: entry.updated,
  tags: [
    feedText(entry.serviceId),
    feedText(entry.termsType),
    entry.recordType,
    ...(entry.judgement ? [entry.judgement.class, ...(entry.judgement.topics ?? [])] : []),
  ],
  ...((entry.judgement || entry.record) && { _clausewatch: toExtension(entry) }),
});

function textsOf(entry: FeedEntry) {
  const summary = summaryIn(entry);
  if (summary === undefined) return { content_text: feedText(`${entry.title} (${entry.recordType})`) };
  return { content_text: feedText(`${entry.title}. ${summary}`), summary: feedText(summary) };
}

/** An extension as JSON Feed has them: what programs would otherwise have to read out of sentences. */
const toExtension = ({ record, judgement }: FeedEntry) => ({
  ...(record && { version: record.href }),
  ...(judgement && ofJudgement(judgement)),
});

const ofJudgement = ({ summary: _, effectiveDate, undoes, ...judgement }: EntryJudgement) => ({
  ...judgement,
  effectiveDate: effectiveDate ?? null,
  undoes: undoes.map(({ id, link }) => ({ id: feedText(id), url: link.href })),
});
