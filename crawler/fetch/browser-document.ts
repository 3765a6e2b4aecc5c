import type { BrowserContext, CDPSession, HTTPResponse, Page } from 'puppeteer';
import { faultOfNavigation } from './browser-faults.ts';
import { FetchError } from './fetch-error.ts';
import type { Limits } from './fetcher-options.ts';
import { isolatedWorld } from './isolated-world.ts';
import { languageTags } from './language.ts';
import { parseMediaType } from './media-type.ts';
import { toFetchError } from './network-faults.ts';
import type { DocumentProxy } from './proxy.ts';
import { tooLarge } from './read-body.ts';
import { serialise } from './serialise.ts';
import { faultOfStatus, parseRetryAfter } from './status-faults.ts';
import { waitForSelectors } from './wait-for-selectors.ts';

/** What the browser made of a location. */
export type Loaded =
  | {
      readonly kind: 'text';
      readonly url: string;
      readonly mimeType: string;
      readonly html: string;
      readonly date: Date;
    }
  /** Not text: a PDF, perhaps. To be fetched as it is, with the cookies that led there. */
  | { readonly kind: 'other'; readonly url: string; readonly cookies: string; readonly userAgent: string };

export interface LoadOptions {
  readonly location: string;
  readonly select: readonly string[];
  readonly userAgent: string;
  readonly language: string;
  readonly limits: Limits;
  readonly clock: () => Date;
  /** Aborted once nobody waits for the document any more. */
  readonly signal: AbortSignal;
}

const MOST_NAVIGATIONS = 10;
const droppedTypes = ['Image', 'Media', 'Font'] as const;
const textTypes = /^(text\/(?!calendar|csv)|application\/(xhtml\+xml|xml)$)/;

/**
 * Loads a location in a fresh context: `load`, then until `select` matches, then the DOM as HTML.
 *
 * @throws FetchError; anything else when context or browser go away.
 */
export async function loadDocument(
  context: BrowserContext,
  proxy: DocumentProxy,
  options: LoadOptions,
): Promise<Loaded> {
  const { location, limits, userAgent } = options;
  const page = await context.newPage();
  const client = await page.createCDPSession();
  await prepare(page, client, options);
  const { promise: fault, reject: fail } = Promise.withResolvers<never>();
  fault.catch(() => {});
  const { promise: otherType, resolve: foundOtherType } = Promise.withResolvers<HTTPResponse>();
  let answer: HTTPResponse | undefined;
  let answeredAt = options.clock();
  let navigations = 0;

  page.on('error', (cause) =>
    fail(new FetchError('network', `${location} made its part of the browser crash`, { cause })),
  );
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => {}));
  page.on('popup', (popup) => void popup?.close().catch(() => {}));
  page.on('response', (response) => {
    const request = response.request();
    if (!request.isNavigationRequest() || request.frame() !== page.mainFrame()) return;
    if (++navigations > MOST_NAVIGATIONS + 1) {
      fail(new FetchError('server', `${location} redirects more than ${MOST_NAVIGATIONS} times; correct the location`));
    }
    if (response.status() >= 300 && response.status() < 400) return;
    answer = response;
    answeredAt = options.clock();
    const { essence } = parseMediaType(response.headers()['content-type']);
    const isAttachment = /^\s*attachment/i.test(response.headers()['content-disposition'] ?? '');
    if (response.ok() && (isAttachment || (essence !== '' && !textTypes.test(essence)))) foundOtherType(response);
  });
  page.on('requestfailed', (request) => {
    if (!request.isNavigationRequest() || request.frame() !== page.mainFrame()) return;
    const errorText = request.failure()?.errorText ?? '';
    // Aborted: a script went on to another location, or a download was denied; the first goes on, the second was seen above.
    if (errorText === 'net::ERR_ABORTED') return;
    const fault = proxy.faultOf(new URL(request.url()).host);
    fail(fault ? toFetchError(fault, location) : faultOfNavigation(location, errorText));
  });
  watchSize(client, location, limits, fail);

  const load = page
    .goto(location, { waitUntil: 'load', timeout: limits.requestTimeout })
    .then(() => undefined)
    .catch((cause: Error) => {
      const isTimeout = cause.name === 'TimeoutError';
      const seconds = Math.round(limits.requestTimeout / 1000);
      if (isTimeout)
        throw new FetchError('timeout', `${location} did not load in ${seconds} s in the browser`, { cause });
      throw cause;
    });
  const other = await Promise.race([otherType, fault, load.catch((error) => afterEvents(error, otherType, fault))]);
  if (other) {
    const { cookies } = await client.send('Network.getCookies', { urls: [other.url()] });
    const header = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    return { kind: 'other', url: other.url(), cookies: header, userAgent };
  }
  if (!answer) throw new FetchError('network', `${location} gave no answer in the browser`);
  const statusFault = faultOfStatus(
    location,
    answer.status(),
    parseRetryAfter(answer.headers()['retry-after'], answeredAt),
  );
  if (statusFault) throw statusFault;
  const world = isolatedWorld(client);
  await Promise.race([waitForSelectors(world, options.select, limits.selectTimeout, options.signal), fault]);
  const html = await Promise.race([serialise(world, location, limits.maxHtmlBytes), fault]);
  const { essence } = parseMediaType(answer.headers()['content-type']);
  return { kind: 'text', url: page.url(), mimeType: essence || 'text/html', html, date: answeredAt };
}

/** A navigation's end and the event that explains it come in either order: the explanation counts. */
async function afterEvents(
  error: unknown,
  otherType: Promise<HTTPResponse>,
  fault: Promise<never>,
): Promise<HTTPResponse> {
  const late = new Promise<never>((_resolve, reject) => setTimeout(() => reject(error), 200));
  return Promise.race([otherType, fault, late]);
}

async function prepare(page: Page, client: CDPSession, { userAgent, language }: LoadOptions): Promise<void> {
  client.on('Fetch.requestPaused', ({ requestId }) => {
    client.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }).catch(() => {});
  });
  await Promise.all([
    page.setViewport({ width: 1920, height: 1080 }),
    page.setBypassServiceWorker(true),
    client.send('Network.enable'),
    client.send('Emulation.setUserAgentOverride', { userAgent, acceptLanguage: languageTags(language).join(',') }),
    client.send('Fetch.enable', { patterns: droppedTypes.map((resourceType) => ({ urlPattern: '*', resourceType })) }),
  ]);
}

/** Counts what arrives after decompression, where the proxy only sees what was sent. */
function watchSize(client: CDPSession, location: string, limits: Limits, fail: (error: FetchError) => void): void {
  const documents = new Map<string, number>();
  let total = 0;
  client.on('Network.requestWillBeSent', ({ requestId, loaderId, type }) => {
    if (type === 'Document' && requestId === loaderId) documents.set(requestId, 0);
  });
  client.on('Network.dataReceived', ({ requestId, dataLength }) => {
    total += dataLength;
    const before = documents.get(requestId);
    if (before !== undefined) documents.set(requestId, before + dataLength);
    if ((before ?? 0) + dataLength > limits.maxHtmlBytes) fail(tooLarge(location, limits.maxHtmlBytes));
    if (total > 5 * limits.maxHtmlBytes) fail(tooLarge(location, 5 * limits.maxHtmlBytes));
  });
}
