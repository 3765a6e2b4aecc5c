import { html } from 'hono/html';
import { toApiError } from '../api/answer-error.ts';
import { type ApiError, STATUS_OF } from '../api/api-error.ts';
import { faultWords, meantPage, missingWords } from './error-words.ts';
import { frame, type Html } from './frame.ts';
import type { PageContext } from './page-context.ts';

/** Said of addresses that no page has; the heading says it all. */
export const NOTHING_HERE = 'There is nothing at this address.';

/**
 * An error as a page for people: what it is in their language, what exactly in the words of the API, and where to go on.
 * Its status is that of the API's answer. Faults of the server are noted.
 *
 * @param said what exactly, in the reader's language, where the page knows it
 */
export async function answerErrorPage(page: PageContext, thrown: unknown, said?: string): Promise<Response> {
  const { c, t, deps } = page;
  const error = toApiError(thrown);
  if (error.code === 'internal' || error.code === 'records-unavailable') {
    deps.log.error({ err: thrown, path: c.req.path.slice(0, 200) }, 'a page could not be made');
  }
  const text = t(`error.${error.code}`);
  const status = STATUS_OF[error.code];
  const document = await frame(
    page,
    { title: t('error.title'), description: text, kind: 'error', isUnlisted: true, searched: c.req.query('q') },
    html`<h1>${text}</h1>
${said === undefined ? detailOf(page, error) : html`<p class="notice">${said}</p>`}
${waysOn(page, error)}`,
  );
  return c.html(String(document), status, {
    'Cache-Control': 'no-store',
    ...(error.retryAfter !== undefined && { 'Retry-After': String(error.retryAfter) }),
  });
}

/** What exactly, in the reader's language where pages have words for it, else in the API's own, which are English. */
function detailOf(page: PageContext, { code, message, faults, missing }: ApiError): Html | '' {
  if (message === NOTHING_HERE) return '';
  if (code === 'internal' || code === 'index-unavailable' || code === 'records-unavailable') return '';
  if (missing !== undefined) return html`<p class="notice">${missingWords(page, missing)}</p>`;
  return faults === undefined
    ? html`<p class="notice" lang="en" dir="auto">${message}</p>`
    : html`<ul class="notice">${faults.map((fault) => {
        const words = faultWords(page, fault);
        return words === undefined
          ? html`<li lang="en"><code>${fault.parameter}</code> ${fault.message}</li>`
          : html`<li>${words}</li>`;
      })}</ul>`;
}

function waysOn(page: PageContext, { code, missing }: ApiError): Html {
  const { c, t, to } = page;
  const isPassing = STATUS_OF[code] === 503;
  const { pathname } = new URL(c.req.url);
  const meant = missing && meantPage(page, missing);
  const isOfService = missing?.kind === 'service' || missing?.kind === 'terms';
  return html`<ul>
${meant ? html`<li>${linkIn(t('error.didYouMean', { name: MARK }), html`<a href="${meant.href}"><bdi>${meant.name}</bdi></a>`)}</li>` : ''}
${isOfService ? html`<li><a href="${to.services({ name: missing.name.slice(0, 200) })}">${t('error.similarServices', { name: missing.name.slice(0, 100) })}</a></li>` : ''}
${isPassing ? html`<li><a href="${c.req.url.slice(new URL(c.req.url).origin.length)}">${t('error.again')}</a></li>` : ''}
${STATUS_OF[code] === 400 ? html`<li><a href="${pathname}">${t('error.withoutQuery')}</a></li>` : ''}
<li><a href="${to.start()}">${t('error.start')}</a></li>
<li><a href="${to.services()}">${t('error.services')}</a></li>
<li><a href="${to.health()}">${t('error.health')}</a></li>
</ul>`;
}

/** Stands for a link in a message. */
const MARK = '\u{fffc}';

function linkIn(sentence: string, link: Html): Html {
  const [before = '', after = ''] = sentence.split(MARK, 2);
  return html`${before}${link}${after}`;
}
