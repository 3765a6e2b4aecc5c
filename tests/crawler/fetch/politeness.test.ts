import { describe, expect, onTestFinished, test } from 'vitest';
import { createFetcher, type FetcherOptions } from '../../../crawler/fetch/fetcher.ts';
import { productOf } from '../../../crawler/fetch/robots.ts';
import { type LocalSite, type Route, respond, startSite } from '../../helpers/local-site.ts';

/** Answers after 100 ms, and knows how many requests were in work at once. */
function slowRoute() {
  const seen = { now: 0, most: 0, starts: [] as number[] };
  const route: Route = (_request, response) => {
    seen.most = Math.max(seen.most, ++seen.now);
    seen.starts.push(performance.now());
    setTimeout(() => {
      seen.now--;
      response.end('<p>x');
    }, 100);
  };
  return { seen, route };
}

async function site(routes: Record<string, Route>): Promise<LocalSite> {
  const started = await startSite(routes);
  onTestFinished(() => started.close());
  return started;
}

function fetcherFor(options: Partial<FetcherOptions> = {}) {
  const fetcher = createFetcher({
    userAgent: 'Clausewatch/1.0 (+https://clausewatch.example)',
    language: 'en',
    hostPause: 0,
    allowAddresses: ['127.0.0.1'],
    ...options,
  });
  onTestFinished(() => fetcher.close());
  return (location: string, signal?: AbortSignal) =>
    fetcher.fetch({ location, executeClientScripts: false, select: [] }, signal);
}

describe('turns', () => {
  test('one request at a time for a host, with a pause between', async () => {
    const { seen, route } = slowRoute();
    const { origin } = await site({ '/': route });
    const fetch = fetcherFor({ hostPause: 150 });
    await Promise.all([fetch(`${origin}/`), fetch(`${origin}/`), fetch(`${origin}/`)]);
    expect(seen.most).toBe(1);
    const gaps = seen.starts.slice(1).map((start, index) => start - (seen.starts[index] ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(240);
  });

  test('a host after a fault gets its pause, and its turn goes on', async () => {
    const { origin } = await site({ '/': '<p>x' });
    const fetch = fetcherFor();
    await expect(fetch(`${origin}/absent`)).rejects.toMatchObject({ reason: 'not-found' });
    expect(await fetch(`${origin}/`)).toMatchObject({ kind: 'fetched' });
  });

  test('no more at once than there are places, over all hosts', async () => {
    const { seen, route } = slowRoute();
    const sites = await Promise.all(Array.from({ length: 6 }, () => site({ '/': route })));
    const fetch = fetcherFor({ plainConcurrency: 2 });
    await Promise.all(sites.map(({ origin }) => fetch(`${origin}/`)));
    expect(seen.most).toBe(2);
  });

  test('who waits for a host takes no place from others', async () => {
    const busy = await site({ '/': slowRoute().route });
    const idle = await site({ '/': '<p>x' });
    const fetch = fetcherFor({ plainConcurrency: 1, hostPause: 3_000 });
    const queue = Promise.all([fetch(`${busy.origin}/`), fetch(`${busy.origin}/`)]);
    await expect.poll(() => busy.paths).toHaveLength(1);
    await fetch(`${idle.origin}/`);
    // By the order of the requests: the second of the busy host still waits for its turn.
    expect(busy.paths).toHaveLength(1);
    await queue;
    expect(busy.paths).toHaveLength(2);
  });

  test('who is aborted while waiting leaves the queue', async () => {
    const { origin, paths } = await site({ '/': slowRoute().route, '/last': '<p>x' });
    const fetch = fetcherFor();
    const stop = new AbortController();
    const first = fetch(`${origin}/`);
    const second = fetch(`${origin}/`, stop.signal);
    const last = fetch(`${origin}/last`);
    stop.abort(new Error('no longer needed'));
    await expect(second).rejects.toThrow('no longer needed');
    await Promise.all([first, last]);
    expect(paths).toEqual(['/', '/last']);
  });
});

describe('Retry-After', () => {
  test('a short one is waited for, a long one is a fault without a request', async () => {
    const { origin, paths } = await site({
      '/short': respond(429, { 'retry-after': '1' }),
      '/long': respond(429, { 'retry-after': '3600' }),
      '/': '<p>x',
    });
    const fetch = fetcherFor();
    await expect(fetch(`${origin}/short`)).rejects.toMatchObject({ reason: 'blocked', status: 429, retryAfter: 1 });
    const started = performance.now();
    await fetch(`${origin}/`);
    expect(performance.now() - started).toBeGreaterThan(900);
    await expect(fetch(`${origin}/long`)).rejects.toMatchObject({ retryAfter: 3600 });
    await expect(fetch(`${origin}/`)).rejects.toMatchObject({ reason: 'blocked', status: undefined });
    expect(paths).toEqual(['/short', '/', '/long']);
  });
});

describe('robots.txt', () => {
  const rules =
    'User-agent: *\nDisallow: /private\n\nUser-agent: Clausewatch\nDisallow: /private\nAllow: /private/terms\nDisallow: /no';

  test('is obeyed and asked for once in 24 hours', async () => {
    let now = new Date('2026-01-01T00:00:00Z');
    const { origin, paths } = await site({ '/robots.txt': rules, '/private/terms': 'x', '/yes': 'x', '/no': 'x' });
    const fetch = fetcherFor({ robots: true, clock: () => now });
    await fetch(`${origin}/yes`);
    await fetch(`${origin}/private/terms`);
    await expect(fetch(`${origin}/no`)).rejects.toMatchObject({
      reason: 'blocked',
      message: expect.stringContaining(`${origin}/robots.txt`),
    });
    expect(paths).toEqual(['/robots.txt', '/yes', '/private/terms']);
    now = new Date('2026-01-02T00:00:01Z');
    await fetch(`${origin}/yes`);
    expect(paths.slice(3)).toEqual(['/robots.txt', '/yes']);
  });

  test.each<[string, Route | undefined, boolean]>([
    ['missing', undefined, true],
    ['forbidden', respond(403), true],
    ['broken', respond(500), false],
    ['unreachable', (request) => request.socket.destroy(), false],
    ['empty', respond(200), true],
    ['huge', `${'# filler\n'.repeat(100_000)}\nUser-agent: *\nDisallow: /`, true],
  ])('%s', async (_name, route, isAllowed) => {
    const { origin } = await site({ ...(route === undefined ? {} : { '/robots.txt': route }), '/': '<p>x' });
    const result = fetcherFor({ robots: true })(`${origin}/`);
    if (isAllowed) expect(await result).toMatchObject({ kind: 'fetched' });
    else await expect(result).rejects.toMatchObject({ reason: 'blocked' });
  });

  test('is not asked for when the setting is off', async () => {
    const { origin, paths } = await site({ '/robots.txt': rules, '/no': 'x' });
    await fetcherFor()(`${origin}/no`);
    expect(paths).toEqual(['/no']);
  });
});

test.each([
  ['Mozilla/5.0 (compatible; Clausewatch/0.1.0; +https://git.example/x)', 'Clausewatch'],
  ['Mozilla/5.0 (compatible; Clausewatch)', 'Clausewatch'],
  ['Watcher/2.0 (me@x.example)', 'Watcher'],
  ['Watcher', 'Watcher'],
])('robots.txt speaks to %s as %s', (userAgent, product) => {
  expect(productOf(userAgent)).toBe(product);
});
