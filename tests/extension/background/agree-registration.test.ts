import { locks } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { registerAgreeMoment } from '../../../extension/background/agree-registration.ts';
import { answerAgree } from '../../../extension/background/answer-agree.ts';
import { dropFiles } from '../../../extension/files/keep-files.ts';
import { readReceipts } from '../../../extension/state/receipts.ts';
import { changeSettings } from '../../../extension/state/settings.ts';
import { type MadePermissions, makePermissions } from '../../helpers/extension/made-permissions.ts';
import { wordsIn } from '../../helpers/extension/made-popup.ts';
import { alertsOf, type MadeUpService, plantFiles } from '../../helpers/extension/made-up-files.ts';

vi.mock(import('../../../extension/words/words.ts'), () => ({ loadWords: async () => wordsIn('en') }));

const SERVER = 'https://harbour.example';
const NOW = new Date('2026-03-20T12:00:00.000Z');
const LARK: MadeUpService = { key: 'larkmail', domain: 'lark.example', alerts: [{}] };
const OWL: MadeUpService = {
  key: 'owlshop1',
  domain: 'owl.example',
  coverage: { name: `<img src=x>${'x'.repeat(500)}`, terms: [['Privacy Policy', '2025-01-10', null, 0]] },
};
const LOOK = { kind: 'agree_look', kinds: ['terms', 'privacy'] };
const from = (url: string, tab: object = { url, incognito: false }) => ({ url, tab });

let permissions: MadePermissions;
let registered: { id: string }[];
const create = vi.fn(async () => ({}));
const sent = vi.fn(async () => {
  throw new Error('Nobody listens in this tab.');
});

beforeEach(async () => {
  fakeBrowser.reset();
  Object.defineProperty(navigator, 'locks', { value: locks, configurable: true });
  permissions = makePermissions();
  registered = [];
  create.mockClear();
  sent.mockClear();
  Object.assign(fakeBrowser.tabs, { create, sendMessage: sent, query: async () => [{ id: 3 }, { id: 4 }] });
  Object.assign(fakeBrowser, {
    scripting: {
      getRegisteredContentScripts: async () => registered,
      registerContentScripts: async (scripts: { id: string }[]) => registered.push(...scripts),
      unregisterContentScripts: async () => registered.splice(0),
    },
  });
  await changeSettings({ server: SERVER, agreeMoment: true });
  await plantFiles(SERVER, [LARK, OWL]);
});
afterEach(() => dropFiles());

describe('the script beside forms', () => {
  test('is registered once where it is turned on and allowed, and goes when either ends', async () => {
    await registerAgreeMoment();
    expect(registered).toEqual([]);
    permissions.granted.add('*://*/*');
    await Promise.all([registerAgreeMoment(), registerAgreeMoment()]);
    expect(registered).toMatchObject([{ js: ['agree-moment.js'], allFrames: true }]);
    expect(sent).not.toHaveBeenCalled();
    permissions.granted.clear();
    await registerAgreeMoment();
    expect(registered).toEqual([]);
    expect(sent.mock.calls).toEqual([3, 4].map((id) => [id, { kind: 'agree_end' }]));
    permissions.granted.add('*://*/*');
    await registerAgreeMoment();
    await changeSettings({ agreeMoment: false });
    await registerAgreeMoment();
    expect(registered).toEqual([]);
  });
});

describe('the background', () => {
  test('says which version would be accepted, and how often it changed', async () => {
    const note = await answerAgree(LOOK, from('https://www.lark.example/join'), NOW);
    expect(note).toMatchObject({
      lines: [
        {
          name: 'Terms of Service',
          text: 'You would accept the version of 1 March 2026. It changed 3 times since 10 January 2025.',
        },
      ],
    });
  });

  test('says that nothing changed, and cuts a hostile name short', async () => {
    const note = await answerAgree(LOOK, from('https://owl.example/'), NOW);
    expect(note).toMatchObject({ lines: [{ text: expect.stringContaining('has not changed since 10 January 2025') }] });
    expect(JSON.stringify(note).length).toBeLessThan(1_000);
  });

  test.each([
    ['a site that is not covered', from('https://wren.example/')],
    ['a private window', from('https://lark.example/', { url: 'https://lark.example/', incognito: true })],
    ['a frame of a covered site in another one', from('https://lark.example/', { url: 'https://wren.example/' })],
    ['a frame of another site in a covered one', from('https://owl.example/', { url: 'https://lark.example/' })],
    ['no tab', { url: 'https://lark.example/' }],
    ['no website', from('file:///home/lark.example')],
  ])('says nothing in %s', async (_, sender) => {
    expect(await answerAgree(LOOK, sender, NOW)).toBeUndefined();
    expect(await answerAgree({ ...LOOK, kind: 'agree_keep' }, sender, NOW)).toBe(false);
    expect(await readReceipts()).toEqual([]);
  });

  test('says nothing once it is turned off, and nothing of kinds that nobody knows', async () => {
    expect(
      await answerAgree({ kind: 'agree_look', kinds: [1, 'x'] }, from('https://lark.example/'), NOW),
    ).toBeUndefined();
    await changeSettings({ agreeMoment: false });
    expect(await answerAgree(LOOK, from('https://lark.example/'), NOW)).toBeUndefined();
  });

  test('speaks to a frame of the same site', async () => {
    const sender = from('https://accounts.lark.example/', { url: 'https://lark.example/' });
    expect(await answerAgree(LOOK, sender, NOW)).toMatchObject({ title: 'What you would accept' });
  });

  test('keeps a receipt, and links to what changed since only once something did', async () => {
    const sender = from('https://lark.example/');
    expect(await answerAgree({ ...LOOK, kind: 'agree_keep' }, sender, NOW)).toBe(true);
    const [alert] = alertsOf(LARK);
    expect(await readReceipts()).toMatchObject([
      { key: 'larkmail', termsType: 'Terms of Service', versionId: alert?.id, agreedAt: NOW.toISOString() },
    ]);
    expect(await answerAgree(LOOK, sender, NOW)).toMatchObject({ lines: [{ since: undefined }] });
    await dropFiles();
    await plantFiles(SERVER, [{ ...LARK, alerts: [{}, { date: '2026-04-02T08:00:00.000Z' }] }]);
    expect(await answerAgree(LOOK, sender, NOW)).toMatchObject({
      lines: [{ since: expect.stringContaining('20 March') }],
    });
  });

  test('opens the document’s changes, and nothing for a line that is not there', async () => {
    const open = { ...LOOK, kind: 'agree_open', what: 'history' };
    expect(await answerAgree({ ...open, place: 0 }, from('https://lark.example/'), NOW)).toBe(true);
    expect(create).toHaveBeenCalledWith({
      url: 'https://harbour.example/en/harbour/services/larkmail/Terms%20of%20Service',
    });
    for (const place of [7, -1, 0.5, '__proto__', 'length']) {
      expect(await answerAgree({ ...open, place }, from('https://lark.example/'), NOW)).toBe(false);
    }
    expect(create).toHaveBeenCalledOnce();
  });
});
