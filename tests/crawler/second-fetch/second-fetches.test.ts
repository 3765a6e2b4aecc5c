import { describe, expect, test } from 'vitest';
import { startTerms, type TermsSite } from '../../helpers/terms-site.ts';
import { type TestTracker, trackerOfTest } from '../../helpers/tracker.ts';

const PAGE = (text: string, extra = ''): string =>
  `<!doctype html><main><h1>Terms</h1><p>${text}</p></main><aside>${extra}</aside>`;
const OLD = PAGE('You may cancel within 30 days.');
const NEW = PAGE('You may cancel within 14 days.');

interface SetUp {
  readonly site: TermsSite;
  readonly tracker: TestTracker;
}

async function setUp(options: Parameters<typeof trackerOfTest>[0] = {}): Promise<SetUp> {
  const site = await startTerms({ '/terms': OLD });
  const fetcher = { allowAddresses: [site.address], ...options.fetcher };
  return { site, tracker: await trackerOfTest({ secondFetch: { wait: 20 }, ...options, fetcher }) };
}

const declared = (site: TermsSite, path = '/terms'): Record<string, unknown> => ({
  'Terms of Service': { fetch: `${site.origin}${path}`, select: 'main' },
});

/** The next answers at a path, one a request; the last one stays. undefined: 404. */
function answerWith(site: TermsSite, path: string, ...texts: readonly (string | undefined)[]): void {
  let turn = 0;
  Object.defineProperty(site.documents, path, {
    configurable: true,
    get: () => texts[Math.min(turn++, texts.length - 1)],
  });
}

const outcomes = ({ tracker }: SetUp): unknown[] => tracker.secondFetches().map(({ outcome }) => outcome);

test('a change that stays is confirmed, after the wait and with a version of its own', async () => {
  const at = await setUp({ secondFetch: { wait: 150 } });
  await at.tracker.statuses(declared(at.site));
  at.site.documents['/terms'] = NEW;
  const [outcome] = await at.tracker.run(at.tracker.declare(declared(at.site)));
  expect(outcome).toMatchObject({
    status: 'changed',
    versionId: expect.stringMatching(/^[0-9a-f]{40}$/),
    secondFetch: { outcome: 'confirmed', found: 'new' },
  });
  expect(at.site.answers).toHaveLength(3);
  const [awaited, done] = at.tracker.secondFetches();
  expect(awaited).toMatchObject({ outcome: 'awaited', versionId: outcome?.versionId, runId: 2 });
  expect(done).toMatchObject({ outcome: 'confirmed', found: 'new', versionId: outcome?.versionId, runId: 2 });
  const [check] = at.tracker.checks().slice(-1);
  expect(Number(done?.date) - Number(check?.date)).toBeGreaterThanOrEqual(150);
});

test('a text that takes turns is recorded all the same, and marked', async () => {
  const at = await setUp();
  answerWith(at.site, '/terms', OLD, NEW, OLD);
  await at.tracker.statuses(declared(at.site));
  const [outcome] = await at.tracker.run(at.tracker.declare(declared(at.site)));
  expect(outcome).toMatchObject({ status: 'changed', secondFetch: { outcome: 'not-reproduced', found: 'former' } });
  expect((await at.tracker.versions('Example')).map(({ text }) => /\d+ days/.exec(text)?.[0])).toEqual([
    '30 days',
    '14 days',
  ]);
  // The second fetch is neither a snapshot nor a check.
  expect(await at.tracker.subjects('snapshots')).toHaveLength(2);
  expect(at.tracker.checks()).toHaveLength(2);
});

test('a third text is told apart from the former one', async () => {
  const at = await setUp();
  answerWith(at.site, '/terms', OLD, NEW, PAGE('You may cancel within 7 days.'));
  await at.tracker.statuses(declared(at.site));
  const [outcome] = await at.tracker.run(at.tracker.declare(declared(at.site)));
  expect(outcome?.secondFetch).toEqual({ outcome: 'not-reproduced', found: 'other' });
});

test('a second fetch that fails gives no verdict and is no failure of the terms', async () => {
  const at = await setUp();
  answerWith(at.site, '/terms', OLD, NEW, undefined);
  await at.tracker.statuses(declared(at.site));
  const [outcome] = await at.tracker.run(at.tracker.declare(declared(at.site)));
  expect(outcome).toMatchObject({
    status: 'changed',
    failures: [],
    secondFetch: { outcome: 'failed', reason: 'not-found', message: expect.stringContaining(at.site.origin) },
  });
  expect(at.site.answers).toEqual([200, 200, 404]);
});

test('a second text that cannot be extracted gives no verdict', async () => {
  const at = await setUp();
  answerWith(at.site, '/terms', OLD, NEW, '<!doctype html><p>Back soon.</p>');
  await at.tracker.statuses(declared(at.site));
  const [outcome] = await at.tracker.run(at.tracker.declare(declared(at.site)));
  expect(outcome).toMatchObject({ status: 'changed', secondFetch: { outcome: 'failed', reason: 'no-match' } });
});

describe('what is not fetched again', () => {
  test('first records, technical upgrades, and changes below the text', async () => {
    const at = await setUp();
    await at.tracker.statuses(declared(at.site));
    at.site.documents['/terms'] = PAGE('You <b>may</b> cancel within 30 days.');
    expect(await at.tracker.statuses(declared(at.site))).toEqual(['changed']);
    at.site.documents['/terms'] = PAGE('You <a href="/more">may</a> cancel within 30 days.');
    expect(await at.tracker.statuses(declared(at.site))).toEqual(['changed']);
    const upgraded = { 'Terms of Service': { fetch: `${at.site.origin}/terms`, select: 'main', remove: 'h1' } };
    expect(await at.tracker.statuses(upgraded)).toEqual(['upgraded']);
    expect(outcomes(at)).toEqual([]);
    expect(at.site.answers).toHaveLength(4);
  });

  test('anything, where it is off', async () => {
    const at = await setUp({ secondFetch: undefined });
    await at.tracker.statuses(declared(at.site));
    at.site.documents['/terms'] = NEW;
    const [outcome] = await at.tracker.run(at.tracker.declare(declared(at.site)));
    expect(outcome).not.toHaveProperty('secondFetch');
    expect(outcomes(at)).toEqual([]);
    expect(at.site.answers).toHaveLength(2);
  });

  test('members of combined terms that did not change', async () => {
    const at = await setUp();
    at.site.documents['/two'] = PAGE('Two.');
    const combine = [{ fetch: `${at.site.origin}/terms` }, { fetch: `${at.site.origin}/two` }];
    const combined = { 'Terms of Service': { select: 'main', combine } };
    await at.tracker.statuses(combined);
    at.site.documents['/two'] = PAGE('Two, and more.');
    const [outcome] = await at.tracker.run(at.tracker.declare(combined));
    expect(outcome?.secondFetch).toEqual({ outcome: 'confirmed', found: 'new' });
    expect(at.site.answers).toHaveLength(5);
  });
});

test('a document that holds several terms is fetched again once', async () => {
  const at = await setUp();
  const both = {
    ...declared(at.site),
    'Privacy Policy': { fetch: `${at.site.origin}/terms`, select: 'p' },
  };
  await at.tracker.statuses(both);
  at.site.documents['/terms'] = NEW;
  const found = await at.tracker.run(at.tracker.declare(both));
  expect(found.map(({ secondFetch }) => secondFetch?.outcome)).toEqual(['confirmed', 'confirmed']);
  expect(at.site.answers).toHaveLength(3);
});

test('others are not held up by the wait, and its end is told as a phase', async () => {
  const at = await setUp({ secondFetch: { wait: 400 } });
  for (const path of ['/a', '/b']) at.site.documents[path] = OLD;
  const services = at.tracker.declare({
    ...declared(at.site),
    'Privacy Policy': { fetch: `${at.site.origin}/a`, select: 'main' },
    'Developer Terms': { fetch: `${at.site.origin}/b`, select: 'main' },
  });
  await at.tracker.run(services);
  at.site.documents['/terms'] = NEW;
  const told: string[] = [];
  const answered: number[] = [];
  await at.tracker.run(services, 'track', {
    onPhase(phase, total) {
      told.push(`${phase} ${total}`);
      if (phase === 'second-fetch') answered.push(at.site.answers.length);
    },
    onTerms: (phase, outcome) => {
      if (phase === 'second-fetch') told.push(`${outcome?.termsType} ${outcome?.secondFetch?.outcome}`);
    },
  });
  expect(told).toEqual(['upgrade 3', 'track 3', 'second-fetch 1', 'Terms of Service confirmed']);
  // All three were fetched before the second fetch was due.
  expect(answered).toEqual([6]);
  expect(at.site.answers).toHaveLength(7);
});

test('the pause between two fetches from one host is kept', async () => {
  const at = await setUp({ secondFetch: { wait: 0 }, fetcher: { hostPause: 300 } });
  await at.tracker.statuses(declared(at.site));
  at.site.documents['/terms'] = NEW;
  await at.tracker.statuses(declared(at.site));
  const [, done] = at.tracker.secondFetches();
  const [check] = at.tracker.checks().slice(-1);
  expect(Number(done?.date) - Number(check?.date)).toBeGreaterThanOrEqual(290);
});

test('an abort during the wait ends the run at once; what was recorded stays, and is not judged', async () => {
  const stop = new AbortController();
  const at = await setUp({ secondFetch: { wait: 60_000 }, signal: stop.signal });
  await at.tracker.statuses(declared(at.site));
  at.site.documents['/terms'] = NEW;
  const reason = new Error('The test ends it.');
  const running = at.tracker.run(at.tracker.declare(declared(at.site)), 'track', {
    onPhase: (phase) => {
      if (phase === 'second-fetch') stop.abort(reason);
    },
  });
  await expect(running).rejects.toBe(reason);
  expect(outcomes(at)).toEqual(['awaited']);
  expect(at.tracker.lastRunStatus()).toBe('interrupted');
  expect(await at.tracker.subjects('versions')).toHaveLength(2);
});

test('a rehearsal fetches nothing again', async () => {
  const at = await setUp();
  await at.tracker.statuses(declared(at.site));
  at.site.documents['/terms'] = NEW;
  expect(await at.tracker.rehearse(declared(at.site))).toHaveLength(1);
  expect(outcomes(at)).toEqual([]);
});
