import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { answerText } from '../../api/answer.ts';
import type { PageContext } from '../page-context.ts';
import { SCRIPTS, STYLES } from './parts.ts';
import { withoutTypes } from './without-types.ts';

interface Asset {
  readonly content: string;
  readonly type: string;
  /** Below the base path; named by its content, so that browsers may keep it for good. */
  readonly path: string;
}

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

/** All styles in one file: one request, kept for good. */
const styles = (): string => STYLES.map((name) => read(`./styles/${name}.css`)).join('\n');

/** Each script with names of its own; what one throws does not keep the next from running. */
const scripts = (): string =>
  SCRIPTS.map((name) => {
    const source = withoutTypes(read(`./scripts/${name}.ts`)).replace(/^export (?=function |const )/gm, '');
    return `try {\n(() => {\n${source}\nrun();\n})();\n} catch (error) {\nconsole.error(error);\n}\n`;
  }).join('');

interface Assets {
  readonly 'site.css': Asset;
  readonly 'site.js': Asset;
  readonly 'icon.svg': Asset;
}

let made: Assets | undefined;

/** Made when first asked for: commands that serve no pages need none. */
function assets(): Assets {
  made ??= {
    'site.css': asset('site', 'css', styles(), 'text/css; charset=utf-8'),
    'site.js': asset('site', 'js', scripts(), 'text/javascript; charset=utf-8'),
    'icon.svg': asset('icon', 'svg', read('./icon.svg'), 'image/svg+xml; charset=utf-8'),
  };
  return made;
}

function asset(name: string, extension: string, content: string, type: string): Asset {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  return { content, type, path: `/assets/${name}.${hash}.${extension}` };
}

/** Styles, script and icon of all pages. */
export function createAssets(): Hono {
  const app = new Hono();
  for (const { path, content, type } of Object.values<Asset>({ ...assets() })) {
    app.get(path, (c) => answerText(c, content, type, { caching: 'immutable' }));
  }
  // Pages that were kept somewhere name what stood here before an update: what there is now is better than no style.
  app.get('/assets/:file', (c, next) => {
    const [, name, extension] = /^([a-z]+)\.[0-9a-f]{16}\.([a-z]+)$/.exec(c.req.param('file')) ?? [];
    const present = Object.entries<Asset>({ ...assets() }).find(([known]) => known === `${name}.${extension}`)?.[1];
    return present ? answerText(c, present.content, present.type, { caching: 'incomplete' }) : next();
  });
  // Where browsers look by themselves, without a page that names it.
  const icon = assets()['icon.svg'];
  app.get('/favicon.ico', (c) => answerText(c, icon.content, icon.type, { caching: 'daily' }));
  return app;
}

/** Without scheme and host, since a page takes styles and scripts from where it is from only. */
export const addressOf = ({ to }: { readonly to: Pick<PageContext['to'], 'outside'> }, name: keyof Assets): string =>
  to.outside(assets()[name].path);
