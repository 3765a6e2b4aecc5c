import { html } from 'hono/html';
import type { QueryValues } from '../addresses.ts';
import type { Html, PageLink } from '../frame.ts';
import type { PageContext } from '../page-context.ts';

/** Changes that match these filters, in the forms for programs: tables, and feeds that go on. */
export function exportsOfChanges({ t, to }: Pick<PageContext, 't' | 'to'>, filters: QueryValues): readonly PageLink[] {
  const changes = (format?: string): string => to.outside('/api/changes', { ...filters, format });
  return [
    { href: changes('csv'), title: t('export.csv'), type: 'text/csv' },
    { href: changes(), title: t('export.jsonInParts'), type: 'application/json' },
    { href: to.outside('/feeds/atom', filters), title: t('export.atom'), type: 'application/atom+xml' },
    { href: to.outside('/feeds/json', filters), title: t('export.jsonFeed'), type: 'application/feed+json' },
  ];
}

/** Feeds of the changes of what a page lists, where the list is not one of changes itself. */
export function feedsOfChanges({ t, to }: Pick<PageContext, 't' | 'to'>, filters: QueryValues): readonly PageLink[] {
  return [
    { href: to.outside('/feeds/atom', filters), title: t('export.atomOfChanges'), type: 'application/atom+xml' },
    { href: to.outside('/feeds/json', filters), title: t('export.jsonFeedOfChanges'), type: 'application/feed+json' },
  ];
}

/** Feeds of what comes to say what is searched for, or goes. @param query parameters of the search without its order */
export function feedsOfSearch({ t, to }: Pick<PageContext, 't' | 'to'>, query: QueryValues): readonly PageLink[] {
  const feed = (format: string): string => to.outside('/api/search', { ...query, format });
  return [
    { href: feed('atom'), title: t('export.atom'), type: 'application/atom+xml' },
    { href: feed('jsonfeed'), title: t('export.jsonFeed'), type: 'application/feed+json' },
  ];
}

/** Links to the forms of a list, below it. */
export const exportLinks = ({ t }: Pick<PageContext, 't'>, links: readonly PageLink[]): Html =>
  html`<nav class="exports no-print" aria-label="${t('export.label')}"><span>${t('export.label')}:</span> <ul>${links.map(
    ({ href, title, type }) => html`<li><a href="${href}" type="${type}">${title}</a></li>`,
  )}</ul></nav>`;
