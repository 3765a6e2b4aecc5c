import { html } from 'hono/html';
import { LONGEST_TEXT } from '../api/longest-text.ts';
import { addressOf } from './assets/assets.ts';
import { LANGUAGE_NAMES, PAGE_LANGUAGES } from './languages.ts';
import { absolute, type PageContext } from './page-context.ts';
import { type PrintedRecord, runningHead } from './parts/running-head.ts';

export type Html = ReturnType<typeof html>;

/** A feed or a table with what a page lists. */
export interface PageLink {
  readonly href: string;
  readonly title: string;
  readonly type: 'application/atom+xml' | 'application/feed+json' | 'text/csv' | 'application/json' | 'text/markdown';
}

export interface PageFacts {
  /** Without the site's name. */
  readonly title: string;
  /** A sentence or two for those who share the page, in plain text. */
  readonly description?: string | undefined;
  /** The same in other forms. */
  readonly alternates?: readonly PageLink[] | undefined;
  /** What the reader searched for, to stand in the field. */
  readonly searched?: string | undefined;
  /** Records that the page shows; every printed sheet names them. */
  readonly records?: readonly PrintedRecord[] | undefined;
  /** Names the kind of page for styles and script. */
  readonly kind: string;
  /** Path and query that the page is known by; default: those that were asked for. */
  readonly address?: string | undefined;
  /** Search engines are to leave it alone: filtered lists, comparisons. */
  readonly isUnlisted?: boolean | undefined;
}

/** A whole document around what one page is about. Complete without scripts; the script only adds comfort. */
export function frame(page: PageContext, facts: PageFacts, body: Html): Html {
  const { t, to, language, c } = page;
  const { title, description = t('site.what'), alternates = [], records, searched, kind, isUnlisted } = facts;
  const { pathname, search } = new URL(facts.address ?? c.req.url, c.req.url);
  const here = `${pathname}${search}`;
  // Descriptions for those who write programs are in one language.
  const isTranslated = pathname.startsWith(to.start());
  const navigation = [
    [to.start(), 'nav.alerts'],
    [to.services(), 'nav.services'],
    [to.compare(), 'nav.compare'],
    [to.health(), 'nav.health'],
  ] as const;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${t('site.name')}</title>
<meta name="description" content="${description}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta property="og:site_name" content="${t('site.name')}">
<meta property="og:type" content="article">
<meta property="og:url" content="${absolute(page, here)}">
${isUnlisted ? html`<meta name="robots" content="noindex">` : ''}
<link rel="icon" type="image/svg+xml" href="${addressOf(page, 'icon.svg')}">
<link rel="stylesheet" href="${addressOf(page, 'site.css')}">
<script src="${addressOf(page, 'site.js')}" defer></script>
${!isTranslated ? '' : PAGE_LANGUAGES.map((other) => html`<link rel="alternate" hreflang="${other}" href="${absolute(page, to.inLanguage(other, here))}">`)}
${alternates.map(({ href, type, title: name }) => html`<link rel="alternate" type="${type}" title="${name}" href="${href}">`)}
</head>
<body data-page="${kind}">
<a class="skip" href="#content">${t('site.skip')}</a>
${runningHead(page, title, records)}
<header class="site">
<a class="brand" href="${to.start()}">${t('site.name')}</a>
<form class="find" role="search" aria-label="${t('site.search')}" action="${to.search()}">
<input type="search" name="q" value="${searched ?? ''}" aria-label="${t('search.label')}" placeholder="${t('search.label')}" maxlength="${LONGEST_TEXT}">
<button>${t('search.button')}</button>
</form>
<nav aria-label="${t('nav.label')}">
${navigation.map(
  ([href, key]) => html`<a href="${href}"${href === pathname ? html` aria-current="page"` : ''}>${t(key)}</a>
`,
)}</nav>
</header>
<main id="content" tabindex="-1">
${body}
</main>
<footer class="site">
<nav aria-label="${t('site.language')}">
${PAGE_LANGUAGES.map((other) =>
  other === language
    ? html`<span lang="${other}" aria-current="true">${LANGUAGE_NAMES[other]}</span> `
    : html`<a lang="${other}" hreflang="${other}" href="${to.inLanguage(other, here)}">${LANGUAGE_NAMES[other]}</a> `,
)}
</nav>
<nav aria-label="${t('site.footer')}">
<a href="${to.about()}">${t('nav.about')}</a>
<a href="${to.privacy()}">${t('nav.privacy')}</a>
<a href="${to.outside('/api/docs')}">${t('nav.api')}</a>
<a href="${to.outside('/feeds')}">${t('nav.feeds')}</a>
</nav>
</footer>
</body>
</html>
`;
}
