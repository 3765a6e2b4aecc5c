import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { answerText } from '../api/answer.ts';
import type { ServerDeps } from '../deps.ts';
import { STYLE } from './style.ts';

/** Named by its content, so that browsers may keep it for good. */
const PATH = `/styles/site.${createHash('sha256').update(STYLE).digest('hex').slice(0, 16)}.css`;

/** `/styles/site.….css`: the look of all pages that are not the API's own description. */
export const createStylesheet = (): Hono =>
  new Hono().get(PATH, (c) => answerText(c, STYLE, 'text/css; charset=utf-8', { caching: 'immutable' }));

/** Its address for a page: without scheme and host, since a page takes styles from where it is from only. */
export const stylesheetOf = (deps: Pick<ServerDeps, 'publicUrl'>, c: Context): string =>
  `${new URL(deps.publicUrl(c)).pathname.replace(/\/$/, '')}${PATH}`;
