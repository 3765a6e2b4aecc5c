import { type Agent, fetch } from 'undici';
import { decodeText } from './decode-text.ts';
import { FetchError } from './fetch-error.ts';
import type { FetchedDocument, NotModifiedDocument, Validators } from './fetched-document.ts';
import type { Limits } from './fetcher-options.ts';
import type { Guard } from './guard.ts';
import { createGuardedAgent } from './guarded-agent.ts';
import { acceptLanguage } from './language.ts';
import { parseLocation, redirectTarget } from './location.ts';
import { canBeDocument, mimeTypeOfBody, parseMediaType, unsupportedType } from './media-type.ts';
import { toFetchError } from './network-faults.ts';
import { readBody } from './read-body.ts';
import { faultOfStatus, parseRetryAfter } from './status-faults.ts';
import { Stopwatch } from './stopwatch.ts';
import { untilAborted } from './until-aborted.ts';

/** Lets `work` talk to the host of `url` when it is its turn. */
export type Visit = <Result>(url: URL, work: () => Promise<Result>) => Promise<Result>;

export interface PlainRequest {
  readonly location: string;
  readonly validators?: Validators | undefined;
  /** Instead of or besides the usual ones. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly visit?: Visit | undefined;
  /** Over connections of its own. */
  readonly isAlone?: boolean | undefined;
}

export interface PlainFetcher {
  /** @throws FetchError; the reason of an abort. */
  fetch(request: PlainRequest, signal?: AbortSignal): Promise<FetchedDocument | NotModifiedDocument>;
  close(): Promise<void>;
}

export interface PlainOptions {
  readonly guard: Guard;
  readonly userAgent: string;
  readonly language: string;
  readonly limits: Limits;
  readonly certificateAuthority?: string | undefined;
  readonly clock: () => Date;
}

const MOST_REDIRECTS = 10;
const ACCEPT = 'text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8';

/** What one document has used up of what it may use. */
interface Journey {
  readonly request: PlainRequest;
  readonly active: Stopwatch;
  readonly signal: AbortSignal | undefined;
  readonly agent: Agent;
  redirects: number;
}

/** Plain HTTP: no scripts run, redirects are followed by us so that each one passes the guard and its host's turn. */
export function createPlainFetcher(options: PlainOptions): PlainFetcher {
  const { guard, userAgent, language, limits, certificateAuthority, clock } = options;
  const createAgent = (): Agent => createGuardedAgent(guard, { idleTimeout: limits.idleTimeout, certificateAuthority });
  const shared = createAgent();
  const agents = new Set([shared]);

  async function fetchDocument(
    request: PlainRequest,
    signal?: AbortSignal,
  ): Promise<FetchedDocument | NotModifiedDocument> {
    const agent = request.isAlone ? createAgent() : shared;
    agents.add(agent);
    try {
      const journey: Journey = { request, active: new Stopwatch(limits.totalTimeout), signal, agent, redirects: 0 };
      const visit: Visit = request.visit ?? ((_url, work) => work());
      let next: URL | FetchedDocument | NotModifiedDocument = parseLocation(request.location);
      while (next instanceof URL) {
        const url: URL = next;
        next = await visit(url, () => journey.active.run(() => fetchFromHost(url, journey)));
      }
      return next;
    } finally {
      if (agent !== shared) {
        agents.delete(agent);
        await agent.destroy();
      }
    }
  }

  /** Follows redirects as long as they stay on the host; gives the first location that does not. */
  async function fetchFromHost(first: URL, journey: Journey): Promise<URL | FetchedDocument | NotModifiedDocument> {
    let url = first;
    for (;;) {
      const answer = await fetchOnce(url, journey);
      if (!(answer instanceof URL)) return answer;
      if (++journey.redirects > MOST_REDIRECTS) {
        throw new FetchError(
          'server',
          `${journey.request.location} redirects more than ${MOST_REDIRECTS} times, last to ${answer}; correct the location`,
        );
      }
      if (answer.host !== first.host) return answer;
      url = answer;
    }
  }

  async function fetchOnce(url: URL, journey: Journey): Promise<URL | FetchedDocument | NotModifiedDocument> {
    const { request, signal, active, agent } = journey;
    const { location } = request;
    const milliseconds = Math.max(1, Math.min(limits.requestTimeout, active.left()));
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), milliseconds);
    const stop = signal ? AbortSignal.any([signal, timeout.signal]) : timeout.signal;
    try {
      return await untilAborted(exchange(url, request, agent, stop), stop);
    } catch (error) {
      signal?.throwIfAborted();
      if (timeout.signal.aborted) {
        throw new FetchError(
          'timeout',
          `${location} did not answer completely in ${Math.round(milliseconds / 1000)} s`,
        );
      }
      throw toFetchError(error, location);
    } finally {
      clearTimeout(timer);
      // Also after a fault: nothing of the exchange may go on behind our back.
      timeout.abort();
    }
  }

  async function exchange(
    url: URL,
    { location, validators, headers }: PlainRequest,
    agent: Agent,
    signal: AbortSignal,
  ): Promise<URL | FetchedDocument | NotModifiedDocument> {
    const response = await fetch(url, {
      dispatcher: agent,
      redirect: 'manual',
      signal,
      headers: {
        accept: ACCEPT,
        'accept-language': acceptLanguage(language),
        'user-agent': userAgent,
        ...(validators?.etag ? { 'if-none-match': validators.etag } : {}),
        ...(validators?.lastModified ? { 'if-modified-since': validators.lastModified } : {}),
        ...headers,
      },
    });
    const fetchDate = clock();
    const { status } = response;
    const target = redirectTarget(status, response.headers.get('location'), url);
    if (target) return target;
    if (status === 304 && (validators?.etag || validators?.lastModified)) {
      return { kind: 'not-modified', location, fetchDate };
    }
    const fault = faultOfStatus(location, status, parseRetryAfter(response.headers.get('retry-after'), fetchDate));
    if (fault) throw fault;
    const { essence, charset } = parseMediaType(response.headers.get('content-type'));
    if (!canBeDocument(essence)) throw unsupportedType(location, essence);
    const body = await readBody(location, essence, response.body, limits);
    if (body.byteLength === 0) {
      throw new FetchError('server', `${location} answered ${status} without any content`, { status });
    }
    const mimeType = mimeTypeOfBody(location, essence, body);
    return {
      kind: 'fetched',
      location,
      finalLocation: url.href,
      mimeType,
      content: mimeType === 'application/pdf' ? body : decodeText(body, charset),
      fetcher: 'htmlOnly',
      fetchDate,
      validators: {
        etag: response.headers.get('etag') ?? undefined,
        lastModified: response.headers.get('last-modified') ?? undefined,
      },
    };
  }

  return {
    fetch: fetchDocument,
    async close() {
      await Promise.all([...agents].map((agent) => agent.destroy()));
    },
  };
}
