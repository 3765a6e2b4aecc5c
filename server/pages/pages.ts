import { Hono } from 'hono';
import { notFound } from '../api/find.ts';
import type { ServerDeps } from '../deps.ts';
import type { HealthContext } from '../health/collection-health.ts';
import type { AccessLog } from '../http/access-log.ts';
import { addAnalysisPage } from './analysis/analysis-page.ts';
import { addClausePage } from './clause/clause-page.ts';
import { addCollectionPage } from './collection/collection-page.ts';
import { addComparePage } from './compare/compare-page.ts';
import { addHealthPage } from './health/health-page.ts';
import { chooseLanguage, PAGE_LANGUAGES } from './languages.ts';
import { addListPages } from './lists/lists-pages.ts';
import { type PageContext, pageContext } from './page-context.ts';
import { answerErrorPage, NOTHING_HERE } from './page-error.ts';
import { addRedlinePages } from './redline/redline-page.ts';
import { addSearchPage } from './search/search-page.ts';
import { addServicePage } from './service/service-page.ts';
import { addServicesPage } from './services/services-page.ts';
import { addStartPage } from './start/start-page.ts';
import { addChecksPage } from './terms/checks-page.ts';
import { addTermsPage } from './terms/terms-page.ts';
import { addAboutPage } from './texts/about.ts';
import { addPrivacyPage } from './texts/privacy.ts';
import { addSnapshotPages } from './version/snapshot-page.ts';
import { addVersionAt } from './version/version-at.ts';
import { addVersionPage } from './version/version-page.ts';

/** Makes the answer of one page. What it throws becomes a page that says so. */
export type PageHandler = (page: PageContext) => Response | Promise<Response>;

/** Adds a page below the language: `path` as Hono has it, `/:collection/services/:service`. */
export type AddPage = (path: string, handler: PageHandler) => void;

/** What pages tell of this server beside its collections. */
export interface PagesOptions {
  readonly health: Omit<HealthContext, 'now'>;
  readonly accessLog: AccessLog;
}

/**
 * The website: every page in every language, at `/en/…`. `/` leads readers to their language; programs that ask for it
 * get what `createLanding` answers.
 */
export function createPages(deps: ServerDeps, { health, accessLog }: PagesOptions): Hono {
  const app = new Hono();
  for (const language of PAGE_LANGUAGES) {
    const add: AddPage = (path, handler) => {
      app.get(`/${language}${path}`, async (c) => {
        const page = pageContext(c, deps, language);
        try {
          return await handler(page);
        } catch (error) {
          return answerErrorPage(page, error);
        }
      });
    };
    // Typed by hand, it lacks the slash.
    app.get(`/${language}`, (c) => c.redirect(pageContext(c, deps, language).to.start(), 302));
    addStartPage(add);
    addAboutPage(add);
    addAnalysisPage(add);
    addPrivacyPage(add, accessLog);
    addSearchPage(add);
    addComparePage(add);
    addServicesPage(add);
    addServicePage(add);
    addTermsPage(add);
    addChecksPage(add);
    addListPages(add);
    addHealthPage(add, health);
    addRedlinePages(add);
    addClausePage(add);
    addVersionPage(add);
    addVersionAt(add);
    addSnapshotPages(add);
    addCollectionPage(add);
    add('/*', ({ c }) => {
      const { pathname, search } = new URL(c.req.url);
      // Typed or pasted with a slash too many; the start alone has one, and is answered above.
      if (pathname.endsWith('/')) return c.redirect(`${pathname.replace(/\/+$/, '')}${search}`, 308);
      throw notFound(NOTHING_HERE);
    });
  }
  return app;
}

/** Where a reader who asks for `/` begins. */
export const startOf = (basePath: string, acceptLanguage: string | undefined): string =>
  `${basePath}/${chooseLanguage(acceptLanguage)}/`;
