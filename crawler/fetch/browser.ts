import { type Loaded, loadDocument } from './browser-document.ts';
import { findBrowser } from './browser-executable.ts';
import { type BrowserProcess, isDoneWithin, startBrowser } from './browser-process.ts';
import { FetchError } from './fetch-error.ts';
import type { FetchedDocument } from './fetched-document.ts';
import type { Limits } from './fetcher-options.ts';
import type { Guard } from './guard.ts';
import { parseLocation } from './location.ts';
import type { PlainFetcher } from './plain.ts';
import { startProxy } from './proxy.ts';
import { untilAborted } from './until-aborted.ts';

export interface BrowserRequest {
  readonly location: string;
  /** CSS selectors to wait for. */
  readonly select: readonly string[];
}

export interface BrowserFetcher {
  /** @throws FetchError; the reason of an abort. */
  fetch(request: BrowserRequest, signal?: AbortSignal): Promise<FetchedDocument>;
  close(): Promise<void>;
}

export interface BrowserOptions {
  readonly guard: Guard;
  readonly userAgent: string;
  readonly language: string;
  readonly limits: Limits;
  readonly clock: () => Date;
  /** For what is not text: PDFs that the browser was led to. */
  readonly plain: PlainFetcher;
  readonly executable: string | undefined;
  readonly arguments: readonly string[];
  readonly onWarning: (message: string) => void;
}

/** Times a document is tried when the browser ended by itself, and when another document had it killed. */
const MOST_CRASHES = 2;
const MOST_KILLS = 10;
const IDLE_BROWSER = 30_000;

class BrowserGone extends Error {}

/** Fetches with scripts: one browser, started when first needed, a fresh context and a proxy of its own per document. */
export function createBrowserFetcher(options: BrowserOptions): BrowserFetcher {
  const { guard, limits, clock, onWarning } = options;
  let running: Promise<BrowserProcess> | undefined;
  let inWork = 0;
  let idleTimer: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function fetchDocument(request: BrowserRequest, signal?: AbortSignal): Promise<FetchedDocument> {
    parseLocation(request.location);
    clearTimeout(idleTimer);
    inWork++;
    try {
      for (let crashes = 0, kills = 0; ; ) {
        const browser = await untilAborted(currentBrowser(), signal);
        try {
          return await fetchIn(browser, request, signal);
        } catch (error) {
          if (!(error instanceof BrowserGone)) throw error;
          if (browser.wasKilled) kills++;
          else crashes++;
          if (isClosed || crashes >= MOST_CRASHES || kills >= MOST_KILLS) {
            throw new FetchError('network', `The browser ended while it loaded ${request.location}`, { cause: error });
          }
        }
      }
    } finally {
      inWork--;
      if (inWork === 0) idleTimer = setTimeout(() => void stop(), IDLE_BROWSER).unref();
    }
  }

  async function fetchIn(
    browser: BrowserProcess,
    request: BrowserRequest,
    signal: AbortSignal | undefined,
  ): Promise<FetchedDocument> {
    const { location } = request;
    // What is left of the total is for closing; a document that does not let itself be closed takes the browser with it.
    const grace = Math.min(5_000, limits.totalTimeout / 5);
    const overrun = new AbortController();
    const finished = new AbortController();
    const timer = setTimeout(() => overrun.abort(), limits.totalTimeout - grace);
    const stopped = AbortSignal.any([overrun.signal, browser.gone, ...(signal ? [signal] : [])]);
    const proxy = await startProxy(guard.dial, { maxBytes: 5 * limits.maxHtmlBytes, idleTimeout: limits.idleTimeout });
    const context = browser.browser.createBrowserContext({
      proxyServer: proxy.origin,
      proxyBypassList: ['<-loopback>'],
      downloadBehavior: { policy: 'deny' },
    });
    context.catch(() => {});
    try {
      const userAgent = `${await untilAborted(browser.browser.userAgent(), stopped)} ${options.userAgent}`;
      const loading = context.then((opened) =>
        loadDocument(opened, proxy, {
          ...request,
          userAgent,
          language: options.language,
          limits,
          clock,
          signal: finished.signal,
        }),
      );
      return await finish(request, await untilAborted(loading, stopped), stopped);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof FetchError) throw error;
      if (overrun.signal.aborted) {
        // Is it this document, or the whole browser? The first that finds it stuck answers for it; the others are tried again.
        const state = await browser.killIfStuck(grace / 2);
        if (state === 'gone') throw new BrowserGone('the browser was stuck', { cause: error });
        const seconds = Math.round(limits.totalTimeout / 1000);
        throw new FetchError('timeout', `${location} was not ready in the browser within ${seconds} s`, {
          cause: error,
        });
      }
      if (await isGone(browser)) throw new BrowserGone('the browser has gone', { cause: error });
      throw new FetchError('network', `${location} could not be loaded in the browser`, { cause: error });
    } finally {
      clearTimeout(timer);
      finished.abort();
      proxy.close();
      const closing = context.then((opened) => opened.close());
      if (!(await isDoneWithin(closing, grace))) await browser.kill();
    }
  }

  async function finish({ location }: BrowserRequest, loaded: Loaded, signal: AbortSignal): Promise<FetchedDocument> {
    if (loaded.kind === 'text') {
      return {
        kind: 'fetched',
        location,
        finalLocation: loaded.url,
        mimeType: loaded.mimeType,
        content: loaded.html,
        fetcher: 'fullDom',
        fetchDate: loaded.date,
        // Of what scripts made of it, the server's validators say nothing.
        validators: { etag: undefined, lastModified: undefined },
      };
    }
    const headers = { 'user-agent': loaded.userAgent, ...(loaded.cookies ? { cookie: loaded.cookies } : {}) };
    const fetched = await options.plain.fetch({ location: loaded.url, headers }, signal);
    if (fetched.kind === 'not-modified') throw new FetchError('server', `${location} answered 304 without being asked`);
    return { ...fetched, location, fetcher: 'fullDom' };
  }

  /** The one browser, or a new one where it has gone. No pause before `running` is set: two that ask must not start two. */
  function currentBrowser(): Promise<BrowserProcess> {
    if (isClosed) return Promise.reject(new FetchError('network', 'The fetcher is closed'));
    running ??= launch();
    const asked = running;
    const forget = (): void => {
      if (running === asked) running = undefined;
    };
    return asked.then(
      (browser) => {
        if (!browser.gone.aborted) return browser;
        forget();
        return currentBrowser();
      },
      (error: unknown) => {
        forget();
        throw error;
      },
    );
  }

  async function launch(): Promise<BrowserProcess> {
    try {
      const isRoot = process.getuid?.() === 0;
      if (isRoot) {
        onWarning('Chromium runs without its sandbox, because it has none for root: run Clausewatch as another user');
      }
      return await startBrowser({
        executable: await findBrowser(options.executable),
        arguments: options.arguments,
        isRoot,
      });
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new FetchError('network', `No browser could be started: ${message}`, { cause });
    }
  }

  async function stop(): Promise<void> {
    clearTimeout(idleTimer);
    const browser = running;
    running = undefined;
    await (await browser?.catch(() => undefined))?.close();
  }

  return {
    fetch: fetchDocument,
    async close() {
      isClosed = true;
      await stop();
    },
  };
}

/** A connection's end is told a moment after the calls that it breaks. */
async function isGone({ gone }: BrowserProcess): Promise<boolean> {
  if (gone.aborted) return true;
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 500, false);
    gone.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
