import { describe, expect, onTestFinished, test } from 'vitest';
import type { MirrorFetches } from '../../server/health/collection-health.ts';
import { createQueryPool } from '../../server/queries/create-query-pool.ts';
import { servedOfTest } from '../helpers/served.ts';
import { appOfTest, listenInTest } from './http/app-of-test.ts';

const RUN = { kind: 'track', engineVersion: 'clausewatch/test', services: 1, terms: 1 };
const TERMS = { serviceId: 'Larkmail', termsType: 'Terms of Service' };

interface Health {
  readonly status: string;
  readonly problems: string[];
  readonly collections: { readonly id: string; readonly [key: string]: unknown }[];
}

/** A server over the small collections; `harbour` is tracked every twelve hours. */
async function serverAt(
  now: string,
  options: { keepsSchedules?: boolean; mirrorFetches?: (id: string) => MirrorFetches | undefined } = {},
) {
  const served = await servedOfTest();
  const queries = createQueryPool({ threads: 1 });
  onTestFinished(() => queries.close());
  let time = new Date(now);
  const { app } = appOfTest({ ...options, collections: served, queries, clock: () => time });
  return {
    served,
    app,
    setTime: (later: string) => {
      time = new Date(later);
    },
    async health(): Promise<{ code: number; body: Health; harbour: Record<string, unknown> | undefined }> {
      const answer = await app.request('/health');
      const body = (await answer.json()) as Health;
      return { code: answer.status, body, harbour: body.collections.find(({ id }) => id === 'harbour') };
    },
  };
}

describe('health', () => {
  test('a collection that was never tracked here is well, and what it holds is told', async () => {
    const { health, served } = await serverAt('2026-03-01T10:00:00Z');
    const { code, body, harbour } = await health();
    expect([code, body.status, body.problems]).toEqual([200, 'ok', []]);
    expect(body.collections.map(({ id }) => id)).toEqual(served.all().map(({ id }) => id));
    expect(harbour).toMatchObject({
      kind: 'tracked',
      index: { activity: 'ready', versions: served.get('harbour')?.index().state().versions },
      lastRun: null,
      failingTerms: null,
      isOverdue: false,
      nextRun: expect.stringMatching(/Z$/),
    });
  });

  test('the last run, failing terms; overdue once two turns have passed without one', async () => {
    const server = await serverAt('2026-03-01T10:00:00Z');
    server.served.enter('harbour', (ledger) => {
      const startedAt = new Date('2026-03-01T09:30:00Z');
      const runId = ledger.startRun({ ...RUN, startedAt });
      ledger.recordTermsOutcome({
        ...{ runId, ...TERMS, date: startedAt, status: 'failed', versionId: undefined },
        failures: [{ location: 'https://x.example/', stage: 'fetch', reason: 'not-found', message: 'gone' }],
      });
      ledger.endRun({ runId, endedAt: new Date('2026-03-01T09:31:00Z'), status: 'completed', counts: { failed: 1 } });
    });
    const { code, harbour } = await server.health();
    expect(code).toBe(200);
    expect(harbour).toMatchObject({
      lastRun: {
        startedAt: '2026-03-01T09:30:00.000Z',
        endedAt: '2026-03-01T09:31:00.000Z',
        status: 'completed',
        counts: { failed: 1 },
      },
      failingTerms: 1,
      isOverdue: false,
    });
    server.setTime('2026-03-02T05:30:00Z');
    expect((await server.health()).code).toBe(200);
    server.setTime('2026-03-02T15:30:00Z');
    const late = await server.health();
    expect([late.code, late.body.status, late.body.problems]).toEqual([
      503,
      'failing',
      ['harbour: its runs are overdue'],
    ]);
  });

  test('what was never done is overdue only where this process should do it', async () => {
    const watching = await serverAt('2026-03-01T10:00:00Z');
    watching.setTime('2026-03-09T10:00:00Z');
    expect((await watching.health()).code).toBe(200);
    const tracking = await serverAt('2026-03-01T10:00:00Z', { keepsSchedules: true });
    tracking.setTime('2026-03-01T11:00:00Z');
    expect((await tracking.health()).code).toBe(200);
    tracking.setTime('2026-03-09T10:00:00Z');
    expect((await tracking.health()).harbour).toMatchObject({ isOverdue: true });
  });

  test('fetches of a mirror', async () => {
    const fetches = { fetches: 3, failures: 1, lastFetch: new Date('2026-03-01T09:00:00Z'), lastError: 'no route' };
    const { served, health } = await serverAt('2026-03-01T10:00:00Z', { mirrorFetches: () => fetches });
    const mirror = served.all().find(({ kind }) => kind === 'mirrored');
    const { body } = await health();
    expect(body.collections.find(({ id }) => id === mirror?.id)).toMatchObject({
      mirror: { fetches: 3, failures: 1, lastFetch: '2026-03-01T09:00:00.000Z', lastError: 'no route' },
    });
  });

  test('a mirror that this process does not fetch has no next turn, and one without records is a problem', async () => {
    const { health } = await serverAt('2026-03-01T10:00:00Z');
    const mirrorOf = ({ body }: { body: Health }) => body.collections.find(({ kind }) => kind === 'mirrored');
    expect(mirrorOf(await health())).toMatchObject({ nextRun: null });
    const fetches = { fetches: 0, failures: 0, lastFetch: undefined, lastError: undefined };
    const fetching = await serverAt('2026-03-01T10:00:00Z', { mirrorFetches: () => fetches });
    expect(mirrorOf(await fetching.health())).toMatchObject({ nextRun: expect.stringMatching(/Z$/) });
    const collections = await servedOfTest({ collections: [{ id: 'bare', kind: 'mirrored' }] });
    const answer = await appOfTest({ collections }).app.request('/health');
    expect(answer.status).toBe(503);
    expect(((await answer.json()) as Health).problems).toEqual([expect.stringMatching(/^bare: .*no repository/)]);
  });

  test('of a mirror that could not be fetched neither places nor names of who asks are told', async () => {
    const lastError = 'https://reader:secret@git.example/a.git, file:///srv/a.git and /srv/b/c.git: not found';
    const fetches = { fetches: 1, failures: 1, lastFetch: undefined, lastError };
    const { health } = await serverAt('2026-03-01T10:00:00Z', { mirrorFetches: () => fetches });
    const text = JSON.stringify((await health()).body);
    expect(text).toContain('https://git.example/a.git, a.git and c.git: not found');
    expect(text).not.toMatch(/srv|secret/);
  });

  test('an index that failed is 503, with no path of this machine', async () => {
    const { served, app } = await serverAt('2026-03-01T10:00:00Z');
    const broken = served.all().map((collection) => ({
      ...collection,
      indexActivity: () => ({ kind: 'failed', message: 'The index /srv/data/index.sqlite cannot be made.' }) as const,
    }));
    const { app: failing } = appOfTest({ collections: { ...served, all: () => broken } });
    expect((await app.request('/health')).status).toBe(200);
    const answer = await failing.request('/health');
    expect(answer.status).toBe(503);
    const text = await answer.text();
    expect(text).toContain('The index index.sqlite cannot be made.');
    expect(text).not.toContain('/srv');
  });
});

describe('metrics', () => {
  test('requests by kind, collections, the process; as Prometheus reads them', async () => {
    const { served, app } = await serverAt('2026-03-01T10:00:00Z');
    const { origin } = await listenInTest(app);
    await fetch(`${origin}/health`);
    await fetch(`${origin}/nothing`);
    const answer = await fetch(`${origin}/metrics`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const lines = (await answer.text()).split('\n');
    const versions = served.get('harbour')?.index().state().versions;
    expect(lines).toEqual(
      expect.arrayContaining([
        'clausewatch_http_request_duration_seconds_count{kind="health",status="2xx"} 1',
        'clausewatch_http_request_duration_seconds_count{kind="site",status="4xx"} 1',
        `clausewatch_index_versions{collection="harbour"} ${versions}`,
        'clausewatch_index_ready{collection="harbour"} 1',
        'clausewatch_overdue{collection="harbour"} 0',
        'clausewatch_queries_running 0',
      ]),
    );
    expect(lines.find((line) => line.startsWith('process_resident_memory_bytes '))).toMatch(/ \d{7,}$/);
    for (const line of lines.filter((text) => text !== '' && !text.startsWith('#'))) {
      expect(line).toMatch(/^[a-z_]+(\{[^}]*\})? [-+.\de]+$/);
    }
  });

  test('for this machine alone by default, and not for what a stranger had forwarded', async () => {
    const { origin } = await listenInTest(appOfTest().app);
    expect((await fetch(`${origin}/metrics`)).status).toBe(200);
    const forwarded = await fetch(`${origin}/metrics`, { headers: { 'X-Forwarded-For': '127.0.0.1' } });
    expect(forwarded.status).toBe(404);
    expect(forwarded.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('a reader behind a trusted proxy gets none, one who may does', async () => {
    const settings = { trustedProxies: ['loopback'], metricsFrom: ['192.0.2.0/24'] };
    const { origin } = await listenInTest(appOfTest({ settings }).app);
    const ask = async (address: string): Promise<number> =>
      (await fetch(`${origin}/metrics`, { headers: { 'X-Forwarded-For': address } })).status;
    expect(await ask('203.0.113.9')).toBe(404);
    expect(await ask('192.0.2.7')).toBe(200);
  });

  test('for nobody', async () => {
    const { origin } = await listenInTest(appOfTest({ settings: { metricsFrom: [] } }).app);
    expect((await fetch(`${origin}/metrics`)).status).toBe(404);
  });
});
