import { beforeEach, describe, expect, test, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { knownOfSite } from '../../../extension/news/news-of-site.ts';
import { markRead, readAllMarks, startKnowing } from '../../../extension/state/marks.ts';
import { changeSettings } from '../../../extension/state/settings.ts';
import { alertsOf, coverageOf, type MadeUpService, plantFiles } from '../../helpers/extension/made-up-files.ts';
import { newsOfSite } from '../../helpers/extension/news-of-site.ts';

const NOW = new Date('2026-03-20T12:00:00Z');
const SERVER = 'https://harbour.example';
const LARK: MadeUpService = {
  key: 'larkmail',
  domain: 'larkmail.example',
  alerts: [{ date: '2026-03-18T08:00:00.000Z' }, { date: '2026-03-10T08:00:00.000Z' }],
};
const DOCS: MadeUpService = { key: 'larkdocs', domain: 'docs.larkmail.example' };
const SHARED: readonly MadeUpService[] = [
  { key: 'shared-1', domain: 'host.example', alerts: [{ date: '2026-03-18T08:00:00.000Z' }] },
  { key: 'shared-2', domain: 'host.example' },
];
const ids = alertsOf(LARK).map(({ id }) => id);

beforeEach(async () => {
  await browser.storage.local.clear();
  await plantFiles(SERVER, [LARK, DOCS, ...SHARED]);
  await changeSettings({ server: SERVER });
});

describe('a site', () => {
  test.each<[string, readonly string[]]>([
    ['larkmail.example', ['larkmail']],
    ['www.larkmail.example', ['larkmail']],
    ['docs.larkmail.example', ['larkdocs']],
    ['a.b.docs.larkmail.example', ['larkdocs']],
    ['host.example', ['shared-1', 'shared-2']],
    ['larkmail.example.', ['larkmail']],
    ['notlarkmail.example', []],
    ['example', []],
    ['127.0.0.1', []],
    ['', []],
  ])('%s has the services %j', async (host, keys) => {
    expect((await knownOfSite(host)).map(({ key }) => key)).toEqual(keys);
    if (keys.length === 0) expect(await newsOfSite(host, NOW)).toEqual({ services: [], signal: { kind: 'untracked' } });
  });

  test('with all that is known of its services', async () =>
    expect(await knownOfSite('larkmail.example')).toEqual([
      { key: 'larkmail', coverage: coverageOf(LARK), alerts: alertsOf(LARK), mark: undefined },
    ]));

  test('goes from news to unread to read, and nothing is noted by asking', async () => {
    const signal = async () => (await newsOfSite('www.larkmail.example', NOW)).signal;
    expect(await signal()).toEqual({ kind: 'news' });
    expect(await readAllMarks()).toEqual(new Map());
    await startKnowing('larkmail', new Date('2026-03-15T00:00:00Z'));
    expect(await signal()).toEqual({ kind: 'unread', documents: 1 });
    await markRead('larkmail', ids.slice(0, 1));
    expect(await signal()).toEqual({ kind: 'quiet' });
    await changeSettings({ mutedServices: ['larkmail'] });
    expect(await newsOfSite('larkmail.example', NOW)).toMatchObject({ services: [{ standing: 'muted' }] });
  });

  test('of files of a server that is chosen no more says nothing', async () => {
    await changeSettings({ server: 'https://other.example' });
    expect(await knownOfSite('larkmail.example')).toEqual([]);
  });

  test('is asked of nobody', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    await newsOfSite('www.larkmail.example', NOW);
    await newsOfSite('elsewhere.example', NOW);
    expect(fetched).not.toHaveBeenCalled();
    fetched.mockRestore();
  });
});

test('an index rebuilt and judged by other rules makes nothing unread again', async () => {
  await startKnowing('larkmail', new Date('2026-03-15T00:00:00Z'));
  await markRead('larkmail', ids);
  const rejudged = alertsOf(LARK).map((alert) => ({
    ...alert,
    significance: 1,
    topics: ['data/sharing'],
    class: 'text' as const,
  }));
  await plantFiles(SERVER, [{ ...LARK, alerts: [] }]);
  expect((await newsOfSite('larkmail.example', NOW)).signal).toEqual({ kind: 'quiet' });
  await plantFiles(SERVER, [{ ...LARK, alerts: rejudged }]);
  expect((await newsOfSite('larkmail.example', NOW)).signal).toEqual({ kind: 'quiet' });
  const added = { id: 'd'.repeat(64), date: '2026-03-19T08:00:00.000Z' };
  await plantFiles(SERVER, [{ ...LARK, alerts: [added, ...rejudged] }]);
  expect((await newsOfSite('larkmail.example', NOW)).signal).toEqual({ kind: 'unread', documents: 1 });
});
