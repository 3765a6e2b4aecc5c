import type { NotFoundHandler } from 'hono';
import { notFound as refusal } from '../api/find.ts';
import type { ServerDeps } from '../deps.ts';
import { notFound } from '../http/errors.ts';
import { chooseLanguage } from './languages.ts';
import { pageContext } from './page-context.ts';
import { answerErrorPage, NOTHING_HERE } from './page-error.ts';

/** What no route answers: a page in their language for people, the plain refusal for programs. */
export const createNotFound =
  (deps: ServerDeps): NotFoundHandler =>
  (c) => {
    const accept = c.req.header('accept') ?? '';
    if (c.get('requestKind') !== 'site' || !/\btext\/html\b/i.test(accept) || /\bjson\b/i.test(accept))
      return notFound(c);
    c.header('Vary', 'Accept, Accept-Language');
    return answerErrorPage(
      pageContext(c, deps, chooseLanguage(c.req.header('accept-language'))),
      refusal(NOTHING_HERE),
    );
  };
