import { html } from 'hono/html';
import { toVersion } from '../../api/answers/version.ts';
import { findCollection, findVersion } from '../../api/find.ts';
import type { VersionAddress } from '../addresses.ts';
import { answerPage } from '../answer-page.ts';
import type { Html } from '../frame.ts';
import type { ContentsEntry } from '../markdown/contents.ts';
import type { PageContext } from '../page-context.ts';
import type { AddPage } from '../pages.ts';
import { citation } from '../parts/citation.ts';
import { classMark } from '../parts/class-mark.ts';
import { crumbs } from '../parts/crumbs.ts';
import { outsideLink } from '../parts/outside-link.ts';
import { termsTypeWithKey } from '../parts/terms-type.ts';
import { asOfDate } from './as-of-date.ts';
import { versionRecord } from './version-record.ts';
import { versionText } from './version-text.ts';
import { citedSources, sourcesOf, type VersionView, versionView } from './version-view.ts';

/** A version: its text to be read, where it is from, what was before and after it. */
export function addVersionPage(add: AddPage): void {
  add('/:collection/services/:service/:type/versions/:version', async (page) => {
    const { c, deps, to, t, format } = page;
    const { collection: id = '', service = '', type = '', version: versionId = '' } = c.req.param() as Params;
    const collection = findCollection(deps.collections, id);
    const reader = collection.index();
    const version = findVersion(collection, reader, versionId, { service, type });
    // An id from before a rewritten history.
    if (version.id !== versionId) return c.redirect(to.version(addressOf(collection.id, version)), 302);
    const view = versionView(collection, reader, version);
    const text = await versionText(page, collection, version);
    const facts = {
      service: view.serviceName,
      type: format.termsType(version.termsType),
      date: format.day(version.fetchDate),
    };
    return answerPage(
      page,
      {
        title: t('version.title', facts),
        description: t('version.description', facts),
        kind: 'version',
        records: [{ name: t('version.id'), date: version.fetchDate, id: version.id, ...sourcesOf(view) }],
        alternates: [{ href: markdownAddress(page, view), title: t('version.raw'), type: 'text/markdown' }],
      },
      html`${head(page, view)}
<div class="version">
<div class="version-beside">
${versionRecord(page, view)}
${citation(page, {
  versions: [{ ...version, collection }],
  ...citedSources([view]),
  address: to.version(addressOf(collection.id, version)),
})}
${contents(page, text.contents, languageOf(view))}
</div>
${
  String(text.html).trim() === ''
    ? html`<p class="muted">${t('version.empty')}</p>`
    : html`<article class="terms-text" lang="${languageOf(view)}" dir="auto" data-quotable>
${text.html}
</article>`
}
</div>`,
    );
  });
}

interface Params {
  readonly [name: string]: string | undefined;
}

/** Empty where it is not known: then it is not that of the page either. */
const languageOf = ({ version, previous, next }: VersionView): string =>
  [version, next, previous].map((one) => one?.analysis?.language).find((one) => one !== undefined) ?? '';

const addressOf = (
  collection: string,
  { serviceId, termsType, id }: { readonly serviceId: string; readonly termsType: string; readonly id: string },
): VersionAddress => ({ collection, serviceId, termsType, id });

const markdownAddress = ({ to }: PageContext, { collection, version }: VersionView): string =>
  to.api.version(addressOf(collection.id, version), { format: 'markdown' });

function head(page: PageContext, view: VersionView): Html {
  const { t, to, format } = page;
  const { collection, version, serviceName, next, locations, areLocationsDeclared } = view;
  const terms = { collection: collection.id, serviceId: version.serviceId, termsType: version.termsType };
  const time = (date: Date, text: string): Html => html`<time datetime="${date.toISOString()}">${text}</time>`;
  return html`<header class="version-head">
${crumbs(page, [
  { name: collection.name, href: to.collection(collection.id) },
  { name: serviceName, href: to.service(collection.id, version.serviceId) },
  { name: format.termsType(version.termsType), href: to.terms(terms) },
])}
<h1><bdi>${serviceName}</bdi> · ${termsTypeWithKey(page, version.termsType)}</h1>
<p class="dateline">${t('version.dateline', { date: format.moment(version.fetchDate) })}
${next ? t('version.until', { date: format.day(next.fetchDate) }) : t('version.latest')}</p>
${version.isTechnicalUpgrade ? html`<p class="dateline muted">${t('version.upgrade')}</p>` : ''}
<p class="provenance"><span class="muted">${t(areLocationsDeclared ? 'version.sourceDeclared' : 'version.source')}</span> ${
    locations.length === 0
      ? t('version.sourceUnknown')
      : locations.map((location, place) => html`${place > 0 ? ', ' : ''}${outsideLink(location)}`)
  }<span class="for-print"> · ${t('version.id')} <code>${version.id}</code> · ${t('version.collection')} <bdi>${collection.name}</bdi> · ${time(page.now, format.day(page.now))}</span></p>
${around(page, view)}
${asOfDate(page, terms, version.fetchDate)}
</header>`;
}

/** To the versions around this one, and to what changed. */
function around(page: PageContext, { collection, version, previous, next, latest }: VersionView): Html | '' {
  const { t, to, format } = page;
  if (!previous && !next) return '';
  const here = addressOf(collection.id, version);
  const there = (other: { readonly serviceId: string; readonly termsType: string; readonly id: string }) =>
    addressOf(collection.id, other);
  return html`<nav class="around" aria-label="${t('version.around')}">
${previous ? html`<a href="${to.version(there(previous))}" rel="prev">‹ ${t('version.previous', { date: format.day(previous.fetchDate) })}</a>` : ''}
${previous ? html`<span><a href="${to.redline(there(previous), here)}">${t('version.changed')}</a> ${classMark(page, markedOf(collection.id, version))}</span>` : ''}
${next ? html`<a href="${to.version(there(next))}" rel="next">${t('version.next', { date: format.day(next.fetchDate) })} ›</a>` : ''}
${next && latest.id !== next.id ? html`<a href="${to.version(there(latest))}">${t('version.latestLink')}</a>` : ''}
${next ? html`<a href="${to.redline(here, there(latest))}">${t('version.compareLatest')}</a>` : ''}
</nav>`;
}

const markedOf = (collection: string, version: VersionView['version']) => ({
  ...toVersion(collection, version),
  analysis: version.analysis ?? null,
});

/** Headings of the text, where there are enough to lose one's way. */
function contents({ t }: PageContext, entries: readonly ContentsEntry[], language: string): Html | '' {
  if (entries.length < 3) return '';
  return html`<nav class="contents" aria-label="${t('version.contents')}">
<details open><summary>${t('version.contents')}</summary>
<ol lang="${language}" dir="auto">
${entries.map(({ id, text, level }) => html`<li class="level-${level}"><a href="#${id}">${text}</a></li>\n`)}
</ol></details>
</nav>`;
}
