import { setTimeout as delay } from 'node:timers/promises';
import type { Change, Changes, Page, SearchAnswer, Version } from '../../server/api/contract.ts';
import { type Addresses, createAddresses } from '../../server/pages/addresses.ts';
import type { PageLanguage } from '../../server/pages/languages.ts';

const PATIENCE_MS = 60_000;
const POLL_MS = 200;

/** One kind of page of a server, full or empty. */
export interface PageToPicture {
  /** Begins the names of its files: `redline-side`. */
  readonly name: string;
  /** Path with the server's base path. */
  address(language: PageLanguage): string;
  /** Whether it is made to be printed: a PDF is made of it too. */
  readonly isPrinted?: boolean;
}

/**
 * The pages of a server, each over records that it has: a change that people should be told of, its terms, its service.
 *
 * @param server its address, base path included, with a slash at the end
 * @throws Error where the server cannot be reached, or has no change of any terms
 */
export async function findPages(server: string, signal: AbortSignal): Promise<PageToPicture[]> {
  const basePath = new URL(server).pathname.replace(/\/$/, '');
  const to = (language: PageLanguage): Addresses => createAddresses(basePath, language);
  const ask = <Answer>(path: string): Promise<Answer> => askServer<Answer>(server, path, signal);

  const alerts = await askChanges(server, 'limit=50', signal);
  const all = alerts.data.length > 0 ? alerts : await askChanges(server, 'show=everything&limit=50', signal);
  const change = mostSignificant(all.data);
  if (!change) {
    throw new Error(
      `${server} has no change of any terms to picture. Serve records with two versions of the same terms.`,
    );
  }
  const { collection, serviceId, termsType, id } = change;
  const terms = { collection, serviceId, termsType };
  const after = { ...terms, id };
  const before = { ...terms, id: change.previousId ?? id };
  const part = encodeURIComponent;
  const service = part(serviceId);
  const versions = await ask<Page<Version>>(
    `api/collections/${part(collection)}/versions?service=${service}&type=${part(termsType)}`,
  );
  const first = { ...terms, id: versions.data.at(-1)?.id ?? before.id };
  const words = (change.analysis?.topics?.[0] ?? 'arbitration').split('/').at(-1) ?? '';
  const clause = (await ask<SearchAnswer>(`api/search?q=${part(words)}&limit=1`)).data[0];
  const snapshot = change.snapshotIds[0];
  // The terms of another service: the same type where there is one.
  const other =
    all.data.find((one) => one.serviceId !== serviceId && one.termsType === termsType) ??
    all.data.find((one) => one.serviceId !== serviceId);

  const pages: (PageToPicture | undefined)[] = [
    { name: 'start', address: (l) => to(l).start(), isPrinted: true },
    { name: 'start-everything', address: (l) => to(l).start({ show: 'everything' }) },
    { name: 'start-none', address: (l) => to(l).start({ since: '2091-01-01' }) },
    { name: 'services', address: (l) => to(l).services() },
    { name: 'service', address: (l) => to(l).service(collection, serviceId) },
    { name: 'terms', address: (l) => to(l).terms(terms), isPrinted: true },
    { name: 'terms-everything', address: (l) => to(l).terms(terms, { show: 'everything' }) },
    { name: 'checks', address: (l) => to(l).checks(terms) },
    { name: 'version', address: (l) => to(l).version(after), isPrinted: true },
    snapshot === undefined ? undefined : { name: 'snapshot', address: (l) => to(l).snapshot(collection, snapshot) },
    { name: 'analysis', address: (l) => to(l).analysis(after) },
    { name: 'redline', address: (l) => to(l).redline(before, after), isPrinted: true },
    { name: 'redline-side', address: (l) => to(l).redline(before, after, { view: 'side' }), isPrinted: true },
    { name: 'redline-all', address: (l) => to(l).redline(first, after, { show: 'all' }), isPrinted: true },
    other && { name: 'redline-two-services', address: (l) => to(l).redline(after, other, { view: 'side' }) },
    clause && { name: 'clause', address: (l) => to(l).clause(clause.collection, clause.clauseId) },
    { name: 'search', address: (l) => to(l).search() },
    { name: 'search-hits', address: (l) => to(l).search({ q: words }), isPrinted: true },
    clause && { name: 'search-passage', address: (l) => to(l).search({ q: clause.text, match: 'passage' }) },
    { name: 'search-none', address: (l) => to(l).search({ q: 'zeppelin moorings' }) },
    { name: 'compare', address: (l) => to(l).compare() },
    { name: 'compare-rows', address: (l) => to(l).compare({ type: termsType, q: words, show: 'all' }) },
    { name: 'collection', address: (l) => to(l).collection(collection) },
    { name: 'lists', address: (l) => to(l).lists() },
    { name: 'health', address: (l) => to(l).health() },
    { name: 'about', address: (l) => to(l).about() },
    { name: 'privacy', address: (l) => to(l).privacy() },
    { name: 'api', address: () => `${basePath}/api/docs` },
    { name: 'feeds', address: () => `${basePath}/feeds` },
    { name: 'nothing-here', address: (l) => `${to(l).start()}nothing/here` },
    { name: 'wrong-question', address: (l) => to(l).search({ q: words, since: 'yesterday' }) },
  ];
  return pages.filter((page) => page !== undefined);
}

/** Of equally significant ones the latest. */
const mostSignificant = (changes: readonly Change[]): Change | undefined =>
  changes
    .filter(({ previousId }) => previousId !== null)
    .toSorted((one, other) => (other.analysis?.significance ?? 0) - (one.analysis?.significance ?? 0))[0];

/**
 * Changes of a server, once all of them are judged, so that none of them is left out of the alerts.
 *
 * @throws Error as `askServer` does
 */
export async function askChanges(server: string, query: string, signal: AbortSignal): Promise<Changes> {
  for (const begun = performance.now(); ; await delay(POLL_MS, undefined, { signal })) {
    const changes = await askServer<Changes>(server, `api/changes?${query}`, signal);
    if (changes.incomplete.length === 0 || performance.now() - begun > PATIENCE_MS) return changes;
  }
}

/** @throws Error where the server cannot be reached, or does not answer as ours. */
async function askServer<Answer>(server: string, path: string, signal: AbortSignal): Promise<Answer> {
  const address = new URL(path, server);
  for (const begun = performance.now(); ; await delay(POLL_MS, undefined, { signal })) {
    let answer: Response;
    try {
      answer = await fetch(address, { signal });
    } catch (cause) {
      signal.throwIfAborted();
      throw new Error(`${server} cannot be reached. Start a server there, or leave --server out to picture the demo.`, {
        cause,
      });
    }
    if (answer.ok) return (await answer.json()) as Answer;
    // A server that was just started makes its index first.
    if (answer.status !== 503 || performance.now() - begun > PATIENCE_MS) {
      throw new Error(`${address} answered ${answer.status}. Is a Clausewatch server at ${server}?`);
    }
  }
}
