import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ServerDeps } from '../deps.ts';
import { answerError } from '../http/answer-error.ts';
import type { Refuse } from '../http/request-shape.ts';
import { frame } from './frame.ts';
import { chooseLanguage, PAGE_LANGUAGES, type PageLanguage } from './languages.ts';
import { pageContext } from './page-context.ts';

/**
 * Refuses addresses that are not read further: with a page for people, in the language that the address begins with or
 * else theirs, and as `answerError` does for programs. Nothing of the address stands in the page.
 */
export const createRefusal =
  (deps: ServerDeps): Refuse =>
  async (c, status, message, headers = {}) => {
    if (!isForPeople(c)) return answerError(c, status, message, headers);
    const page = pageContext(c, deps, languageOf(c));
    const { t, to } = page;
    const said = t(status === 414 ? 'error.longAddress' : 'error.refused');
    const document = await frame(
      page,
      { title: t('error.title'), description: said, kind: 'error', isUnlisted: true, address: to.start() },
      html`<h1>${said}</h1>
<p class="notice">${status === 414 ? t('error.longAddressNext') : html`<span lang="en">${message}</span>`}</p>
<ul>
<li><a href="${to.search()}">${t('search.label')}</a></li>
<li><a href="${to.start()}">${t('error.start')}</a></li>
<li><a href="${to.services()}">${t('error.services')}</a></li>
</ul>`,
    );
    return c.html(String(document), status, {
      ...headers,
      'Cache-Control': 'no-store',
      Vary: 'Accept, Accept-Language',
    });
  };

/** Browsers name HTML; whoever also names JSON is a program. */
export function isForPeople(c: Context): boolean {
  const accept = c.req.header('accept') ?? '';
  return /\btext\/html\b/i.test(accept) && !/\bjson\b/i.test(accept);
}

function languageOf(c: Context): PageLanguage {
  const named = PAGE_LANGUAGES.find((language) => c.req.path.includes(`/${language}/`));
  return named ?? chooseLanguage(c.req.header('accept-language'));
}
