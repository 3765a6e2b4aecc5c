import { html } from 'hono/html';
import { toApiError } from '../api/answer-error.ts';
import { type ApiError, STATUS_OF } from '../api/api-error.ts';
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
${said === undefined ? detailOf(error) : html`<p class="notice">${said}</p>`}
${waysOn(page, error)}`,
  );
  return c.html(String(document), status, {
    'Cache-Control': 'no-store',
    ...(error.retryAfter !== undefined && { 'Retry-After': String(error.retryAfter) }),
  });
}

/** The API's own words, which are English; none where they say no more than the heading. */
function detailOf({ code, message, faults }: ApiError): Html | '' {
  if (message === NOTHING_HERE) return '';
  if (code === 'internal' || code === 'index-unavailable' || code === 'records-unavailable') return '';
  return faults === undefined
    ? html`<p class="notice" lang="en" dir="auto">${message}</p>`
    : html`<ul class="notice" lang="en">${faults.map((fault) => html`<li><code>${fault.parameter}</code> ${fault.message}</li>`)}</ul>`;
}

function waysOn({ c, t, to }: PageContext, { code }: ApiError): Html {
  const isPassing = STATUS_OF[code] === 503;
  const { pathname } = new URL(c.req.url);
  return html`<ul>
${isPassing ? html`<li><a href="${c.req.url.slice(new URL(c.req.url).origin.length)}">${t('error.again')}</a></li>` : ''}
${STATUS_OF[code] === 400 ? html`<li><a href="${pathname}">${t('error.withoutQuery')}</a></li>` : ''}
<li><a href="${to.start()}">${t('error.start')}</a></li>
<li><a href="${to.services()}">${t('error.services')}</a></li>
<li><a href="${to.health()}">${t('error.health')}</a></li>
</ul>`;
}
