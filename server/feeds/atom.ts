import { generateAtomFeed } from 'feedsmith';
import { topicName } from './change-words.ts';
import { type EntryJudgement, type Feed, type FeedEntry, lastUpdated, summaryIn } from './feed.ts';
import { feedText } from './feed-text.ts';
import { JUDGEMENT_SCHEMES, SCHEMES } from './tags.ts';

export const ATOM_TYPE = 'application/atom+xml';
const AUTHOR = 'Clausewatch';
const RECORD_TITLE = 'The version, for programs';

/** A feed as Atom (RFC 4287). */
export function toAtom(feed: Feed): string {
  const xml = generateAtomFeed({
    id: feedText(feed.id),
    title: { value: feedText(feed.title) || feedText(feed.id) },
    ...(feed.subtitle === undefined ? {} : { subtitle: { value: feedText(feed.subtitle) } }),
    ...(feed.logo === undefined ? {} : { logo: feedText(feed.logo) }),
    updated: lastUpdated(feed),
    authors: [{ name: AUTHOR }],
    links: [
      { rel: 'self', type: ATOM_TYPE, href: feed.self },
      ...(feed.page === undefined ? [] : [{ rel: 'alternate', type: 'text/html', href: feed.page }]),
      ...feed.alternates.map(({ href, type }) => ({ rel: 'alternate', type, href })),
    ],
    entries: feed.entries.map(toAtomEntry),
  });
  return xml.replace(CDATA_IN_LINES, (_, sections: string) => `>${escaped(sections.replace(CDATA_SECTION, '$1'))}<`);
}

/**
 * The generator puts a text with `&`, `<` or `>` into CDATA sections on a line of their own: the text, ids too, gets
 * white space around it that is not the service's. It is written with references instead. A text cannot look like such
 * a section: outside of one its `<` is a reference already.
 */
const CDATA_IN_LINES = />\s*((?:<!\[CDATA\[[\s\S]*?\]\]>)+)\s*</g;
const CDATA_SECTION = /<!\[CDATA\[([\s\S]*?)\]\]>/g;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const toAtomEntry = (entry: FeedEntry) => ({
  id: feedText(entry.id),
  title: { value: feedText(entry.title) },
  updated: entry.updated,
  ...summaryOf(entry),
  links: [
    { rel: 'alternate', type: entry.link.type, href: entry.link.href },
    ...(entry.record
      ? [{ rel: 'related', type: entry.record.type, href: entry.record.href, title: RECORD_TITLE }]
      : []),
    // What is withdrawn: a reader may mark it.
    ...(entry.judgement?.undoes ?? []).map(({ link, title }) => ({
      rel: 'related',
      type: link.type,
      href: link.href,
      title: feedText(title),
    })),
  ],
  categories: [
    { term: feedText(entry.serviceId), scheme: SCHEMES.service },
    { term: feedText(entry.termsType), scheme: SCHEMES.termsType },
    { term: entry.recordType, scheme: SCHEMES.recordType },
    ...(entry.judgement ? judgementCategories(entry.judgement) : []),
  ],
});

const summaryOf = (entry: FeedEntry) => {
  const summary = summaryIn(entry);
  return summary === undefined ? {} : { summary: { value: feedText(summary) } };
};

const judgementCategories = ({ class: changeClass, state, topics }: EntryJudgement) => [
  { term: changeClass, scheme: JUDGEMENT_SCHEMES.class },
  { term: state, scheme: JUDGEMENT_SCHEMES.state },
  ...(topics ?? []).map((topic) => ({ term: topic, scheme: JUDGEMENT_SCHEMES.topic, label: topicName(topic) })),
];
