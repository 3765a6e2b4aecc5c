import { type BrowserFetcher, createBrowserFetcher } from './browser.ts';
import { FetchError } from './fetch-error.ts';
import type { FetchedDocument, NotModifiedDocument, Validators } from './fetched-document.ts';
import { type FetcherOptions, limitsOf } from './fetcher-options.ts';
import { createGuard } from './guard.ts';
import { createGuardedFetcher } from './guarded-fetch.ts';
import { createHostLanes } from './host-lanes.ts';
import { parseLocation } from './location.ts';
import { isReset } from './network-faults.ts';
import { createPlainFetcher, type Visit } from './plain.ts';
import { createRobots, ROBOTS_BYTES } from './robots.ts';

export type { FetcherOptions } from './fetcher-options.ts';

/** One source document to be fetched. */
export interface FetchRequest {
  readonly location: string;
  /** As declared: true is the browser, false plain HTTP; undefined is plain HTTP, and the browser where that is refused. */
  readonly executeClientScripts: boolean | undefined;
  /** CSS selectors that the browser waits for; of ranges, the selectors of both ends. */
  readonly select: readonly string[];
  /** Asks "changed since?"; the browser never does. */
  readonly validators?: Validators | undefined;
  /** Not on a connection that served another request: what a service ties to one must not decide. */
  readonly isAlone?: boolean | undefined;
}

export interface Fetcher {
  /** @throws FetchError (the only fault of a fetch); the reason of an abort. */
  fetch(request: FetchRequest, signal?: AbortSignal): Promise<FetchedDocument | NotModifiedDocument>;
  /** Ends the browser and all connections. */
  close(): Promise<void>;
}

/** Statuses by which sites that insist on a browser refuse plain HTTP (Open Terms Archive's rule). */
const escalatedStatuses = new Set([403, 406, 502]);

/**
 * Fetches source documents, many at once: politely, within limits, and only from public or explicitly allowed addresses.
 *
 * @throws RangeError where `allowAddresses` holds what is no address.
 */
export function createFetcher(options: FetcherOptions): Fetcher {
  const { userAgent, language, certificateAuthority, clock = () => new Date() } = options;
  const limits = limitsOf(options);
  const guard = createGuard(options.allowAddresses ?? [], options.resolve);
  const lanes = createHostLanes(limits);
  const plain = createPlainFetcher({ guard, userAgent, language, limits, certificateAuthority, clock });
  const browser: BrowserFetcher = createBrowserFetcher({
    guard,
    userAgent,
    language,
    limits,
    clock,
    plain,
    executable: options.browserExecutable,
    arguments: options.browserArguments ?? [],
    onWarning: once(options.onWarning ?? (() => {})),
  });
  const robotsFetcher = createGuardedFetcher(guard, {
    userAgent,
    maxBytes: ROBOTS_BYTES,
    timeout: limits.requestTimeout,
    cut: true,
    certificateAuthority,
  });
  const robots = options.robots
    ? createRobots(
        userAgent,
        (url, signal) =>
          lanes.visit(url.host, 'plain', signal, async () => {
            const { status, body } = await robotsFetcher.fetch(url.href, { signal });
            return { status, text: Buffer.from(body).toString('utf8') };
          }),
        clock,
      )
    : undefined;

  function fetchPlain(request: FetchRequest, signal: AbortSignal | undefined) {
    const visit: Visit = async (url, work) => {
      await robots?.check(url, signal);
      return lanes.visit(url.host, 'plain', signal, work);
    };
    const { location, validators, isAlone } = request;
    return plain.fetch({ location, validators, isAlone, visit }, signal);
  }

  async function fetchInBrowser(request: FetchRequest, signal: AbortSignal | undefined): Promise<FetchedDocument> {
    const url = parseLocation(request.location);
    await robots?.check(url, signal);
    return lanes.visit(url.host, 'browser', signal, () => browser.fetch(request, signal));
  }

  async function fetchByDeclaration(request: FetchRequest, signal: AbortSignal | undefined) {
    if (request.executeClientScripts) return fetchInBrowser(request, signal);
    try {
      return await fetchPlain(request, signal);
    } catch (error) {
      if (request.executeClientScripts === false || !needsBrowser(error)) throw error;
      return fetchInBrowser(request, signal);
    }
  }

  return {
    fetch: fetchByDeclaration,
    async close() {
      await Promise.all([browser.close(), plain.close(), robotsFetcher.close()]);
    },
  };
}

const needsBrowser = (error: unknown): boolean =>
  error instanceof FetchError &&
  ((error.status !== undefined && escalatedStatuses.has(error.status)) ||
    (error.reason === 'network' && isReset(error)));

function once(tell: (message: string) => void): (message: string) => void {
  const told = new Set<string>();
  return (message) => {
    if (told.has(message)) return;
    told.add(message);
    tell(message);
  };
}
