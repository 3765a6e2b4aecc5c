import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ServerDeps } from '../deps.ts';
import { type AnswerError, answerError } from '../http/answer-error.ts';
import { frame, type Html } from './frame.ts';
import { chooseLanguage, PAGE_LANGUAGES, type PageLanguage } from './languages.ts';
import type { Translate } from './messages.ts';
import { pageContext } from './page-context.ts';

/**
 * Refuses what is not read further, comes too often or takes too long: with a page for people, in the language that the
 * address begins with or else theirs, and as `answerError` does for programs. Nothing of the address stands in the page.
 */
export const createRefusal =
  (deps: ServerDeps): AnswerError =>
  async (c, status, message, headers = {}, code) => {
    if (!isForPeople(c)) return answerError(c, status, message, headers, code);
    const page = pageContext(c, deps, languageOf(c));
    const { t, to } = page;
    const said = headingOf(t, status, code);
    const document = await frame(
      page,
      { title: t('error.title'), description: said, kind: 'error', isUnlisted: true, address: to.start() },
      html`<h1>${said}</h1>
<p class="notice">${nextOf(t, status, message, headers['Retry-After'])}</p>
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

function headingOf(t: Translate, status: number, code: Parameters<AnswerError>[4]): string {
  if (status === 414) return t('error.longAddress');
  if (status === 429) return t('error.tooMany');
  if (status === 500) return t('error.internal');
  if (status === 503) return t(`error.${code ?? 'index-unavailable'}`);
  return t(code === undefined ? 'error.refused' : `error.${code}`);
}

function nextOf(t: Translate, status: number, message: string, retryAfter: string | undefined): Html | string {
  if (status === 414) return t('error.longAddressNext');
  if (retryAfter !== undefined) return t('error.againIn', { seconds: Number(retryAfter) });
  return html`<span lang="en">${message}</span>`;
}

/** Browsers name HTML; whoever also names JSON is a program. */
export function isForPeople(c: Context): boolean {
  const accept = c.req.header('accept') ?? '';
  return /\btext\/html\b/i.test(accept) && !/\bjson\b/i.test(accept);
}

function languageOf(c: Context): PageLanguage {
  const named = PAGE_LANGUAGES.find((language) => c.req.path.includes(`/${language}/`));
  return named ?? chooseLanguage(c.req.header('accept-language'));
}
