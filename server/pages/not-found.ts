import type { NotFoundHandler } from 'hono';
import { notFound as refusal } from '../api/find.ts';
import type { ServerDeps } from '../deps.ts';
import { notFound } from '../http/errors.ts';
import { chooseLanguage } from './languages.ts';
import { pageContext } from './page-context.ts';
import { answerErrorPage, NOTHING_HERE } from './page-error.ts';
import { isForPeople } from './refusal.ts';

/** What no route answers: a page in their language for people, the plain refusal for programs. */
export const createNotFound =
  (deps: ServerDeps): NotFoundHandler =>
  (c) => {
    if (c.get('requestKind') !== 'site' || !isForPeople(c)) return notFound(c);
    c.header('Vary', 'Accept, Accept-Language');
    return answerErrorPage(
      pageContext(c, deps, chooseLanguage(c.req.header('accept-language'))),
      refusal(NOTHING_HERE),
    );
  };
