import { expect, test } from 'vitest';
import { BRASS, JUDGED_COLLECTION } from '../../helpers/judged-collection.ts';
import { noteNotReproduced, noteUnchanged } from '../../helpers/noted-checks.ts';
import { type ServedOfTest, servedOfTest } from '../../helpers/served.ts';
import type { TestRecord } from '../../helpers/small-collections.ts';
import { appOfTest } from '../http/app-of-test.ts';

const TERMS = { serviceId: 'Brass', termsType: 'Terms of Service' };
/** Whatever lists changes or says how one was told, as pages and as feeds. */
const LISTS = [
  ...['/en/', '/en/?show=everything', '/en/?topic=disputes/arbitration', '/en/forge', '/en/forge/services/Brass'],
  '/en/forge/services/Brass/Terms%20of%20Service',
  ...['/feeds/atom', '/feeds/json', '/feeds/atom?show=everything', '/feeds/json?service=Brass', '/api/changes'],
] as const;

const idsOf = (served: ServedOfTest): string[] =>
  (served.get('forge')?.index().versions({}, { limit: 100 }) ?? []).map(({ id }) => id).toReversed();

/** What a list says to whoever has it in the state of that tag. */
async function ask(app: ReturnType<typeof appOfTest>['app'], path: string, tag = '""') {
  const headers = { 'If-None-Match': tag, 'Accept-Encoding': 'identity' };
  const response = await app.request(path, { headers });
  return { status: response.status, tag: response.headers.get('etag') ?? '', text: await response.text() };
}

test.each([
  [
    'a second fetch did not give a change again',
    (served: ServedOfTest) =>
      served.enter('forge', (ledger) =>
        noteNotReproduced(ledger, TERMS, idsOf(served)[3] ?? '', new Date('2024-02-01T08:00:00Z')),
      ),
    ['/en/', '/feeds/atom'],
  ],
  [
    'a suspect text has stood for six checks',
    (served: ServedOfTest) =>
      served.enter('forge', (ledger) => noteUnchanged(ledger, TERMS, new Date('2024-02-21T08:00:00Z'), 6)),
    ['/en/', '/feeds/atom'],
  ],
  [
    'one that has gone since turns out to have stood for six checks',
    (served: ServedOfTest) =>
      served.enter('forge', (ledger) => noteUnchanged(ledger, TERMS, new Date('2024-02-21T08:00:00Z'), 6)),
    ['/en/', '/feeds/atom', '/feeds/atom?show=everything'],
    [{ ...TERMS, date: '2024-03-01T08:00:00Z', content: BRASS.relinked, snapshots: [] }],
  ],
])('no list is stale once %s', async (_, happen, told, later: readonly TestRecord[] = []) => {
  const records = [...(JUDGED_COLLECTION.records?.slice(0, 6) ?? []), ...later];
  const served = await servedOfTest({ collections: [{ ...JUDGED_COLLECTION, records }] });
  // There is a ledger from the beginning: one that comes to be is noticed a little later.
  served.enter('forge', () => undefined);
  const { app } = appOfTest({ collections: served });
  const before = new Map<string, string>();
  for (const path of LISTS) {
    const { status, tag } = await ask(app, path);
    expect([path, status]).toEqual([path, 200]);
    expect((await ask(app, path, tag)).status).toBe(304);
    before.set(path, tag);
  }
  happen(served);
  // Without anything kept.
  const anew = appOfTest({ collections: served }).app;
  for (const path of LISTS) {
    const tag = before.get(path) ?? '';
    const fresh = await ask(anew, path);
    const now = await ask(app, path, tag);
    expect([path, now.status]).toEqual([path, fresh.tag === tag ? 304 : 200]);
    if (now.status === 200) expect(now).toEqual(fresh);
  }
  for (const path of told) expect((await ask(app, path)).tag).not.toBe(before.get(path));
});
