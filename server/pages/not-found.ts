import type { NotFoundHandler } from 'hono';
import { notFound as refusal } from '../api/find.ts';
import type { ServerDeps } from '../deps.ts';
import { notFound } from '../http/errors.ts';
import { chooseLanguage } from './languages.ts';
import { pageContext } from './page-context.ts';
import { answerErrorPage, NOTHING_HERE } from './page-error.ts';
import { isForPeople } from './refusal.ts';
import { isPageWithoutLanguage } from './without-language.ts';

/**
 * What no route answers: people are led to the page that lacks only its language, in theirs, or told on a page that there
 * is nothing; programs get the plain refusal.
 */
export const createNotFound =
  (deps: ServerDeps, basePath: string): NotFoundHandler =>
  (c) => {
    if (c.get('requestKind') !== 'site' || !isForPeople(c)) return notFound(c);
    c.header('Vary', 'Accept, Accept-Language');
    const page = pageContext(c, deps, chooseLanguage(c.req.header('accept-language')));
    const { pathname, search } = new URL(c.req.url);
    const path = pathname.slice(basePath.length).replace(/\/+$/, '');
    if (pathname.startsWith(`${basePath}/`) && isPageWithoutLanguage(deps.collections, path)) {
      c.header('Cache-Control', 'no-cache');
      return c.redirect(`${page.to.start()}${path.slice(1)}${search}`, 302);
    }
    return answerErrorPage(page, refusal(NOTHING_HERE));
  };
