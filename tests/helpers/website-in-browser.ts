import puppeteer, { type Browser } from 'puppeteer';
import { findBrowser } from '../../crawler/fetch/browser-executable.ts';
import { createApp } from '../../server/app.ts';
import { createExtensionFiles, type ExtensionFiles } from '../../server/extension/extension-files.ts';
import { listen } from '../../server/http/listen.ts';
import { createQueryPool } from '../../server/queries/create-query-pool.ts';
import { DEFAULT_SERVER_SETTINGS } from '../../server/server-settings.ts';
import { logOfTest } from '../server/http/app-of-test.ts';
import { openServed, type ServedOfTest, type ServedOfTestOptions } from './served.ts';

/** The whole server over real archives, on a free port of this machine, and a browser to look at it. */
export interface WebsiteInBrowser {
  readonly served: ServedOfTest;
  readonly browser: Browser;
  /** `http://127.0.0.1:4321` */
  readonly origin: string;
  close(): Promise<void>;
}

/** The whole server over real archives, on a free port of this machine. */
export interface ServerOfTest {
  readonly served: ServedOfTest;
  /** The files for extensions; made anew by itself every 200 ms where something changed. */
  readonly extensionFiles: ExtensionFiles;
  /** `http://127.0.0.1:4321` */
  readonly origin: string;
  close(): Promise<void>;
}

/** Whoever opens it closes it. */
export async function openServer(options?: ServedOfTestOptions): Promise<ServerOfTest> {
  const served = await openServed(options);
  const queries = createQueryPool({ threads: 1 });
  const { log } = logOfTest();
  const extensionFiles = createExtensionFiles({ collections: served, queries, log, every: 200 });
  const app = createApp({
    collections: served,
    queries,
    extensionFiles,
    log,
    engineVersion: 'clausewatch/test',
    settings: { ...DEFAULT_SERVER_SETTINGS, rateLimit: 0 },
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0, trustedProxies: [] });
  return {
    served,
    extensionFiles,
    origin: `http://127.0.0.1:${server.port}`,
    async close() {
      await server.close(100);
      await extensionFiles.close();
      await queries.close();
      await served.close();
    },
  };
}

/** Whoever opens it closes it. */
export async function openWebsite(options?: ServedOfTestOptions): Promise<WebsiteInBrowser> {
  const { served, origin, close } = await openServer(options);
  const executablePath = await findBrowser(process.env.PUPPETEER_EXECUTABLE_PATH);
  const browser = await puppeteer.launch({ executablePath, headless: true, args: ['--no-sandbox'] });
  return {
    served,
    browser,
    origin,
    async close() {
      await browser.close();
      await close();
    },
  };
}
