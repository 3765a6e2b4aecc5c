import { beforeEach, describe, expect, test } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { downloadManifest } from '../../../extension/files/download.ts';
import { chooseServer, type ServerEffects } from '../../../extension/setup/choose-server.ts';
import { changeSettings, readSettings } from '../../../extension/state/settings.ts';
import { type FileServer, openFileServer } from '../../helpers/extension/file-server.ts';
import { buildMadeUp } from '../../helpers/extension/made-up-files.ts';

const FORMER = 'https://former.example';
let server: FileServer;
let asked: string[] = [];
let revoked: string[] = [];

beforeEach(async () => {
  fakeBrowser.reset();
  asked = [];
  revoked = [];
  server = await openFileServer();
  server.show(await buildMadeUp([{ key: 'larkmail', domain: 'larkmail.example' }]));
  await changeSettings({ server: FORMER });
});

const effects = ({ hasToAsk = false, answer = true } = {}): ServerEffects => ({
  hasToAsk,
  ask: async (address) => {
    asked.push(address);
    return answer;
  },
  revoke: async (address) => revoked.push(address),
  download: downloadManifest,
});
const chosen = async (): Promise<string> => (await readSettings()).server;

describe('a server', () => {
  test('that answers as one is read from then on', async () => {
    const choice = await chooseServer(` ${server.address}/ `, effects());
    expect(choice).toMatchObject({ kind: 'chosen', server: server.address, manifest: { name: 'Harbour watch' } });
    expect(await chosen()).toBe(server.address);
  });

  test.each([
    ['refused', 404, 'Not found'],
    ['refused', 500, 'Fault'],
    ['busy', 503, 'Soon'],
    ['damaged', 200, '<!doctype html><title>Something else</title>'],
    ['damaged', 200, '{"format":2}'],
    ['damaged', 200, ''],
  ] as const)('that gives something else (%s, %i) changes nothing', async (reason, status, body) => {
    server.fault = (_request, response) => {
      response.writeHead(status).end(body);
      return true;
    };
    expect(await chooseServer(server.address, effects())).toEqual({ kind: 'fault', reason });
    expect(await chosen()).toBe(FORMER);
  });

  test('that is not there changes nothing', async () => {
    await server.close();
    expect(await chooseServer(server.address, effects())).toEqual({ kind: 'fault', reason: 'unreachable' });
    expect(await chosen()).toBe(FORMER);
  });

  test.each(['', 'nonsense://x', 'http://watch.example', 'javascript:alert(1)', 'https://name:word@watch.example'])(
    'is not asked where “%s” is no address',
    async (typed) => {
      expect(await chooseServer(typed, effects({ hasToAsk: true }))).toEqual({ kind: 'fault', reason: 'address' });
      expect([await chosen(), asked, server.requests]).toEqual([FORMER, [], []]);
    },
  );
});

describe('where requests would carry an identifier', () => {
  test('the permission is asked for before anything is downloaded', async () => {
    expect(await chooseServer(server.address, effects({ hasToAsk: true, answer: false }))).toEqual({
      kind: 'fault',
      reason: 'permission',
    });
    expect([await chosen(), asked, server.requests]).toEqual([FORMER, [server.address], []]);
  });

  test('the server is read once it is given', async () => {
    expect(await chooseServer(server.address, effects({ hasToAsk: true }))).toMatchObject({ kind: 'chosen' });
    expect(server.requests.map(({ path }) => path)).toEqual(['/api/extension']);
  });

  test('that of the former server is given back, unless it is the same host', async () => {
    await chooseServer(server.address, effects({ hasToAsk: true }));
    expect(revoked).toEqual([FORMER]);
    await changeSettings({ server: `${server.address}/another` });
    await chooseServer(server.address, effects({ hasToAsk: true }));
    expect(revoked).toEqual([FORMER]);
  });

  test('it is the first thing that happens, as browsers want it of a click', () => {
    void chooseServer(server.address, effects({ hasToAsk: true, answer: false }));
    // Without having waited for anything.
    expect(asked).toEqual([server.address]);
  });
});
