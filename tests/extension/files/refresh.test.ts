import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { browser } from 'wxt/browser';
import { DOWNLOADS } from '../../../extension/files/download.ts';
import { readAlerts, readBytes, readStored } from '../../../extension/files/file-store.ts';
import { dropFiles } from '../../../extension/files/keep-files.ts';
import { closeFiles } from '../../../extension/files/open-files.ts';
import { refresh } from '../../../extension/files/refresh.ts';
import { readLastRefresh } from '../../../extension/state/last-refresh.ts';
import { startKnowing } from '../../../extension/state/marks.ts';
import { changeSettings } from '../../../extension/state/settings.ts';
import type { BuiltFiles } from '../../../server/extension/build-files.ts';
import { type Fault, type FileServer, openFileServer } from '../../helpers/extension/file-server.ts';
import { alertsOf, buildMadeUp, type MadeUpService } from '../../helpers/extension/made-up-files.ts';
import { newsOfSite } from '../../helpers/extension/news-of-site.ts';

const LARK: MadeUpService = { key: 'larkmail', domain: 'larkmail.example', alerts: [{}] };
const BRASS: MadeUpService = { key: 'brass-01', domain: 'brass.example', alerts: [{ class: 'date' }] };
const MANY = Array.from(
  { length: 300 },
  (_, place): MadeUpService => ({ key: `svc-${String(place).padStart(4, '0')}`, domain: `site${place}.example` }),
);
const NOW = new Date('2026-03-20T12:00:00Z');
const LATER = new Date('2026-03-20T18:00:00Z');
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

let server: FileServer;
let first: BuiltFiles;
let second: BuiltFiles;

beforeEach(async () => {
  await browser.storage.local.clear();
  server = await openFileServer();
  first = await buildMadeUp([LARK, ...MANY]);
  second = await buildMadeUp([LARK, BRASS, ...MANY]);
  await changeSettings({ server: server.address });
});
afterEach(async () => {
  await dropFiles();
  closeFiles();
});

const read = async () => ({
  index: text(await readBytes('index')),
  services: text(await readBytes('services')),
  lark: await readAlerts('larkmail'),
  brass: await readAlerts('brass-01'),
  server: (await readStored())?.server,
});
const given = (files: BuiltFiles, services: readonly MadeUpService[]) => ({
  index: text(files.index.content),
  services: text(files.services.content),
  lark: services.includes(LARK) ? alertsOf(LARK) : [],
  brass: services.includes(BRASS) ? alertsOf(BRASS) : [],
  server: server.address,
});
const asked = () => server.requests.splice(0).map(({ path }) => path.replace('/api/extension', ''));
const at = (now: Date, timeout = 5_000) => ({ clock: () => now, downloads: { ...DOWNLOADS, timeout } });

async function refreshFirst(): Promise<void> {
  server.show(first);
  expect(await refresh(server.address, at(NOW))).toEqual({ kind: 'newer' });
  asked();
}

describe('what is downloaded', () => {
  test('at first: all files, each whole', async () => {
    await refreshFirst();
    expect(await read()).toEqual(given(first, [LARK]));
    expect(await readLastRefresh()).toEqual({ succeededAt: NOW.toISOString(), failure: null });
  });

  test('when nothing is newer: the manifest alone', async () => {
    await refreshFirst();
    expect(await refresh(server.address, at(LATER))).toEqual({ kind: 'same' });
    expect(asked()).toEqual(['']);
    expect(await read()).toEqual(given(first, [LARK]));
    expect(await readLastRefresh()).toEqual({ succeededAt: LATER.toISOString(), failure: null });
  });

  test('when something is: what changed of the lines, and the shards that changed', async () => {
    await refreshFirst();
    server.show(second);
    expect(await refresh(server.address, at(LATER))).toEqual({ kind: 'newer' });
    expect(asked()).toEqual([
      '',
      `/deltas/${first.index.sha256}/${second.index.sha256}`,
      `/deltas/${first.services.sha256}/${second.services.sha256}`,
      `/files/${second.recent[0]?.sha256}`,
    ]);
    expect(await read()).toEqual(given(second, [LARK, BRASS]));
  });

  test('from another server: everything, and nothing is said of the former', async () => {
    await refreshFirst();
    const other = await openFileServer();
    other.show(second);
    await changeSettings({ server: other.address });
    expect(await refresh(other.address, at(LATER))).toEqual({ kind: 'newer' });
    expect(other.requests.map(({ path }) => path)).not.toContainEqual(expect.stringContaining('deltas'));
    expect(await read()).toEqual({ ...given(second, [LARK, BRASS]), server: other.address });
  });

  test('only the settings say from whom: nothing is shown of a server that was left meanwhile', async () => {
    await refreshFirst();
    server.show(second);
    server.fault = () => {
      void changeSettings({ server: 'https://other.example' });
      return false;
    };
    expect(await refresh(server.address, at(LATER))).toEqual({ kind: 'left' });
    expect(await read()).toEqual(given(first, [LARK]));
    expect((await readLastRefresh()).succeededAt).toBe(NOW.toISOString());
  });

  test('two at once come one after the other', async () => {
    server.show(first);
    const outcomes = await Promise.all([refresh(server.address), refresh(server.address)]);
    expect(outcomes).toEqual([{ kind: 'newer' }, { kind: 'same' }]);
  });

  test('no request says who asks', async () => {
    await refreshFirst();
    server.show(second);
    await refresh(server.address, at(LATER));
    for (const { headers } of server.requests) {
      expect(headers).not.toHaveProperty('cookie');
      expect(headers).not.toHaveProperty('referer');
      expect(headers).not.toHaveProperty('if-none-match');
      expect(headers).not.toHaveProperty('if-modified-since');
    }
  });
});

const end = (response: ServerResponse, status: number, body: string | Uint8Array, headers = {}): true => {
  response.writeHead(status, headers).end(body);
  return true;
};
const HTML = '<!doctype html><title>Sign in to the network of this hotel</title>';
const onPath =
  (part: string, fault: Fault): Fault =>
  (request, response) =>
    (request.url ?? '').includes(part) && fault(request, response);
const always = (fault: Fault): Fault => fault;

/** Sent on and on until the other side has enough. */
const endless: Fault = (_request, response) => {
  const chunk = 'x'.repeat(65_536);
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once('drain', more);
  };
  response.once('close', () => response.removeAllListeners('drain'));
  more();
  return true;
};
const silent: Fault = () => true;
const dripping: Fault = (_request, response) => {
  response.write('{');
  return true;
};
const cut: Fault = (_request, response) => {
  response.writeHead(200, { 'Content-Length': '5000' });
  response.write('{"format":1,', () => response.destroy());
  return true;
};

describe('whatever goes wrong, what was there before stays', () => {
  test.each<[string, string, Fault, string]>([
    ['answers 503', '', always((_, response) => end(response, 503, 'later')), 'busy'],
    ['answers 429', '', always((_, response) => end(response, 429, 'later')), 'busy'],
    ['answers 404', '', always((_, response) => end(response, 404, 'no')), 'refused'],
    ['leads elsewhere', '', always((_, response) => end(response, 302, '', { Location: '/for-you-alone' })), 'refused'],
    ['gives a page of HTML', '', always((_, response) => end(response, 200, HTML)), 'damaged'],
    ['gives nothing', '', always((_, response) => end(response, 200, '')), 'damaged'],
    [
      'gives bytes that are no text',
      '',
      always((_, response) => end(response, 200, Uint8Array.of(255, 254, 0))),
      'damaged',
    ],
    ['gives another format', '', always((_, response) => end(response, 200, '{"format":2}')), 'damaged'],
    ['sends the manifest without an end', '', endless, 'damaged'],
    ['says nothing', '', silent, 'unreachable'],
    ['stops in the middle', '', dripping, 'unreachable'],
    ['breaks off', '', cut, 'unreachable'],
    [
      'gives a shard of other bytes',
      '/files/',
      always((_, response) => end(response, 200, '{"format":1,"alerts":[]}')),
      'damaged',
    ],
    ['sends a shard without an end', '/files/', endless, 'damaged'],
    ['has no such shard', '/files/', always((_, response) => end(response, 404, 'no')), 'refused'],
    ['is busy after the first files', '/files/', always((_, response) => end(response, 503, 'later')), 'busy'],
    ['breaks off in a shard', '/files/', cut, 'unreachable'],
    ['says nothing about a delta', '/deltas/', silent, 'unreachable'],
  ])('a server that %s', async (_name, path, fault, reason) => {
    await refreshFirst();
    server.show(second);
    server.fault = onPath(`/api/extension${path}`, fault);
    expect(await refresh(server.address, at(LATER, 400))).toEqual({ kind: 'failed', reason });
    expect(await read()).toEqual(given(first, [LARK]));
    expect(await readLastRefresh()).toEqual({ succeededAt: NOW.toISOString(), failure: reason });

    server.fault = undefined;
    expect(await refresh(server.address, at(LATER))).toEqual({ kind: 'newer' });
    expect(await read()).toEqual(given(second, [LARK, BRASS]));
    expect(await readLastRefresh()).toEqual({ succeededAt: LATER.toISOString(), failure: null });
  });

  test.each<[string, Fault]>([
    ['truncated', (_, response) => end(response, 200, '+brass.example\tbrass-0')],
    ['to another hash', (_, response) => end(response, 200, '+evil.example\tevil-001\t\t0\n')],
    ['of HTML', (_, response) => end(response, 200, HTML)],
    ['unsorted', (_, response) => end(response, 200, '+b.example\tx\n+a.example\tx\n')],
    ['not remembered', (_, response) => end(response, 404, 'no')],
    ['without an end', endless],
    ['empty', (_, response) => end(response, 200, '')],
  ])('a delta that is %s: the whole file instead', async (_name, fault) => {
    await refreshFirst();
    server.show(second);
    server.fault = onPath('/deltas/', fault);
    expect(await refresh(server.address, at(LATER))).toEqual({ kind: 'newer' });
    expect(asked()).toContain(`/files/${second.index.sha256}`);
    expect(await read()).toEqual(given(second, [LARK, BRASS]));
  });

  test('nobody listens there any more', async () => {
    await refreshFirst();
    await server.close();
    expect(await refresh(server.address, at(LATER))).toEqual({ kind: 'failed', reason: 'unreachable' });
    expect(await read()).toEqual(given(first, [LARK]));
  });

  test.each<[string, (files: BuiltFiles) => object]>([
    ['smaller', ({ index }) => ({ index: { sha256: index.sha256, bytes: index.bytes - 1 } })],
    ['larger', ({ index }) => ({ index: { sha256: index.sha256, bytes: index.bytes + 1 } })],
    ['another', ({ services }) => ({ index: { sha256: services.sha256, bytes: 12 } })],
  ])('a manifest that says a %s size than the file has', async (_name, part) => {
    server.show(first, part(first));
    expect(await refresh(server.address, at(NOW))).toEqual({ kind: 'failed', reason: 'damaged' });
    expect(await readStored()).toBeUndefined();
    expect(await readLastRefresh()).toEqual({ succeededAt: null, failure: 'damaged' });
  });
});

test('a file that is gone as the server has made others meanwhile: they are downloaded', async () => {
  server.show(first);
  const gone = `/files/${first.recent[0]?.sha256}`;
  server.fault = onPath(gone, (_request, response) => {
    server.show(second);
    return end(response, 404, 'no');
  });
  expect(await refresh(server.address, at(NOW))).toEqual({ kind: 'newer' });
  expect(asked().filter((path) => path === '')).toHaveLength(2);
  expect(await read()).toEqual(given(second, [LARK, BRASS]));
});

test('what was downloaded before something went wrong is not downloaded again', async () => {
  server.show(first);
  server.fault = onPath(`/files/${first.recent[0]?.sha256}`, silent);
  expect(await refresh(server.address, at(NOW, 200))).toEqual({ kind: 'failed', reason: 'unreachable' });
  expect(await readStored()).toBeUndefined();
  asked();
  server.fault = undefined;
  expect(await refresh(server.address, at(NOW))).toEqual({ kind: 'newer' });
  expect(asked()).toEqual(['', `/files/${first.recent[0]?.sha256}`]);
  expect(await read()).toEqual(given(first, [LARK]));
});

describe('a change that is told of by other rules only', () => {
  const alert = (id: string, date: string) => ({ id: id.repeat(40), date });
  const told = alert('a', '2026-03-12T08:00:00.000Z');
  const judgedAnew = alert('b', '2026-03-15T08:00:00.000Z');
  const toldLate = { ...alert('c', '2026-03-16T08:00:00.000Z'), toldAt: '2026-03-19T12:00:00.000Z' };
  const fresh = alert('d', '2026-03-19T12:00:00.000Z');
  const unread = async () =>
    (await newsOfSite(LARK.domain, NOW)).services.flatMap(({ documents }) =>
      documents.flatMap((document) => document.unread.map(({ id }) => id[0])),
    );

  test.each([
    ['is never unread', '2', ['d', 'c', 'a']],
    ['is unread where the rules are the same: it came late', '1', ['d', 'c', 'b', 'a']],
  ])('%s', async (_name, epoch, expected) => {
    server.show(await buildMadeUp([{ ...LARK, alerts: [told] }]));
    await refresh(server.address);
    await startKnowing('larkmail', new Date('2026-03-10T00:00:00Z'));
    server.show(await buildMadeUp([{ ...LARK, alerts: [fresh, toldLate, judgedAnew, told] }]), { epoch });
    await refresh(server.address);
    expect(await unread()).toEqual(expected);
  });

  test('as of later than before is as read as it was', async () => {
    server.show(await buildMadeUp([{ ...LARK, alerts: [fresh, judgedAnew, told] }]));
    await refresh(server.address);
    const files = { alerts: await readAlerts('larkmail'), from: NOW.toISOString() };
    await startKnowing('larkmail', new Date('2026-03-18T00:00:00Z'), { files });
    expect(await unread()).toEqual(['d']);
    const retold = [fresh, { ...judgedAnew, toldAt: toldLate.toldAt }, { ...told, toldAt: toldLate.toldAt }];
    server.show(await buildMadeUp([{ ...LARK, alerts: retold }]), { epoch: '2' });
    await refresh(server.address);
    expect(await unread()).toEqual(['d']);
  });

  test('of shortly before a first look is not taken for one that came late', async () => {
    server.show(await buildMadeUp([{ ...LARK, alerts: [told] }]));
    await refresh(server.address);
    const files = { alerts: await readAlerts('larkmail'), from: NOW.toISOString() };
    await startKnowing('larkmail', new Date('2026-03-16T12:00:00Z'), { files });
    server.show(await buildMadeUp([{ ...LARK, alerts: [judgedAnew, told] }]), { epoch: '2' });
    await refresh(server.address);
    expect(await unread()).toEqual([]);
  });

  test('does not make what takes it back news', async () => {
    server.show(await buildMadeUp([{ ...LARK, alerts: [told] }]));
    await refresh(server.address);
    await startKnowing('larkmail', new Date('2026-03-10T00:00:00Z'));
    server.show(await buildMadeUp([{ ...LARK, alerts: [judgedAnew, told] }]), { epoch: '2' });
    await refresh(server.address);
    const back = { ...fresh, undoes: [judgedAnew.id] };
    server.show(await buildMadeUp([{ ...LARK, alerts: [back, { ...judgedAnew, undoneOn: '2026-03-19' }, told] }]), {
      epoch: '2',
    });
    await refresh(server.address);
    expect(await unread()).toEqual(['a']);
  });
});

test('100,000 services: what changed of them is little, and all is there', async () => {
  const services = Array.from(
    { length: 100_000 },
    (_, place): MadeUpService => ({ key: place.toString(36).padStart(8, '0'), domain: `site-${place}.example` }),
  );
  const before = await buildMadeUp([...services, LARK]);
  const after = await buildMadeUp([...services.slice(10), LARK, BRASS]);
  server.show(before);
  expect(await refresh(server.address)).toEqual({ kind: 'newer' });
  asked();
  server.show(after);
  expect(await refresh(server.address)).toEqual({ kind: 'newer' });
  expect(asked().filter((path) => path.startsWith('/deltas/'))).toHaveLength(2);
  expect(await read()).toEqual(given(after, [LARK, BRASS]));
});
