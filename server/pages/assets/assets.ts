import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { Hono } from 'hono';
import { answerText } from '../../api/answer.ts';
import type { PageContext } from '../page-context.ts';

interface Asset {
  readonly content: string;
  readonly type: string;
  /** Below the base path; named by its content, so that browsers may keep it for good. */
  readonly path: string;
}

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

const ASSETS = {
  'site.css': asset('site', 'css', read('./site.css'), 'text/css; charset=utf-8'),
  'site.js': asset('site', 'js', stripTypeScriptTypes(read('./site-script.ts')), 'text/javascript; charset=utf-8'),
} as const;

function asset(name: string, extension: string, content: string, type: string): Asset {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  return { content, type, path: `/assets/${name}.${hash}.${extension}` };
}

/** Styles and script of all pages. */
export function createAssets(): Hono {
  const app = new Hono();
  for (const { path, content, type } of Object.values(ASSETS)) {
    app.get(path, (c) => answerText(c, content, type, { caching: 'immutable' }));
  }
  return app;
}

/** Without scheme and host, since a page takes styles and scripts from where it is from only. */
export const addressOf = ({ to }: Pick<PageContext, 'to'>, name: keyof typeof ASSETS): string =>
  to.outside(ASSETS[name].path);
