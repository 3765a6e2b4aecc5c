import type { Context } from 'hono';
import { html } from 'hono/html';
import { answerText } from '../api/answer.ts';
import type { ServerDeps } from '../deps.ts';
import { frame, type Html } from './frame.ts';
import { pageContext } from './page-context.ts';

/**
 * Answers what describes the server to those who write programs, in the frame of all pages. In English, as the documents
 * that such descriptions are made from.
 */
export async function answerDescription(c: Context, deps: ServerDeps, title: string, body: Html): Promise<Response> {
  const page = pageContext(c, deps, 'en');
  const document = await frame(page, { title, kind: 'description' }, html`<div class="description">${body}</div>`);
  return answerText(c, String(document), 'text/html; charset=utf-8');
}
