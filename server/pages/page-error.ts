import type { Context } from 'hono';
import { html } from 'hono/html';
import { ArchiveError } from '../../archive/git/archive-error.ts';
import { IndexUnavailableError } from '../../archive/index/index-error.ts';
import { ApiError } from '../api/api-error.ts';
import { frame } from './frame.ts';
import type { MessageKey } from './messages.ts';
import type { PageContext } from './page-context.ts';

/** An error as a page for people; its status is that of the API's answer. Unexpected ones are noted. */
export async function answerErrorPage(page: PageContext, error: unknown): Promise<Response> {
  const { c, t, to } = page;
  const { status, message, detail } = describe(page, error);
  const text = detail ?? t(message);
  const body = html`<h1>${t('error.title')}</h1>
<p>${text}</p>
<p><a href="${to.start()}">${t('error.next')}</a></p>`;
  const document = await frame(
    page,
    { title: t('error.title'), description: text, kind: 'error', isUnlisted: true },
    body,
  );
  return c.html(String(document), status, {
    'Cache-Control': 'no-store',
    ...(status === 503 && { 'Retry-After': '5' }),
  });
}

interface Described {
  readonly status: 400 | 404 | 500 | 503;
  readonly message: MessageKey;
  /** What the API says, where it knows more. */
  readonly detail?: string;
}

function describe({ c, deps }: PageContext, error: unknown): Described {
  if (error instanceof ApiError && error.code === 'not-found') {
    return { status: 404, message: 'error.notFound', detail: error.message };
  }
  if (error instanceof ApiError) return { status: 400, message: 'error.failed', detail: error.message };
  if (error instanceof IndexUnavailableError) return { status: 503, message: 'error.unavailable' };
  noteError(deps, c, error);
  return error instanceof ArchiveError
    ? { status: 503, message: 'error.unavailable' }
    : { status: 500, message: 'error.failed' };
}

const noteError = (deps: PageContext['deps'], c: Context, error: unknown): void =>
  deps.log.error({ err: error, path: c.req.path.slice(0, 200) }, 'a page could not be made');
