// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { optionsPage } from '../../../extension/entrypoints/options/options-page.ts';
import { dropFiles } from '../../../extension/files/keep-files.ts';
import { noteLook, readAllMarks, readMarks, startKnowing } from '../../../extension/state/marks.ts';
import { keepReceipt, readReceipts } from '../../../extension/state/receipts.ts';
import { changeSettings, readSettings } from '../../../extension/state/settings.ts';
import { LANGUAGES } from '../../../extension/words/languages.ts';
import { found, type MadePage, makePage, press, soon, type } from '../../helpers/extension/made-page.ts';
import { plantFiles } from '../../helpers/extension/made-up-files.ts';
import { HOSTILE } from '../../helpers/hostile.ts';

const SERVER = 'https://watch.example';
const SINCE = new Date('2026-03-01T08:00:00.000Z');
const LARK = {
  key: 'larkmail',
  domain: 'larkmail.example',
  coverage: { name: 'Larkmail', terms: [['Imprint', null, null, 0]] as const },
};
const BRASS = { key: 'brass-01', domain: 'brass.example', coverage: { name: 'Brass' } };

let page: MadePage;

beforeEach(async () => {
  page = makePage();
  await changeSettings({ server: SERVER });
  await plantFiles(SERVER, [LARK, BRASS]);
});
afterEach(dropFiles);

const settings = readSettings;
const text = (selector: string): string => found(selector).textContent ?? '';
const isChecked = (selector: string): boolean => found<HTMLInputElement>(selector).checked;

describe.each(LANGUAGES)('in %s', (language) => {
  test('every part has a heading that the contents lead to, and every field a name', async () => {
    await page.open(optionsPage, language);
    const sections = [...document.querySelectorAll('main > section')];
    expect(sections.length).toBe(10);
    for (const { id } of sections) expect(text(`nav a[href="#${id}"]`)).toBe(text(`#${id} h2`));
    for (const field of document.querySelectorAll<HTMLInputElement>('input, select')) {
      expect([field.id, field.labels?.[0]?.textContent?.trim()]).not.toEqual([field.id, undefined]);
    }
    // A text that is missing stands there as its name.
    expect(document.body.textContent).not.toMatch(/\b[a-z]+_[a-z_]+\b/);
  });

  test('no id stands twice', async () => {
    await page.open(optionsPage, language);
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([]);
  });
});

describe('the server', () => {
  test('is named, with the age of what it knows', async () => {
    await page.open(optionsPage);
    expect(text('.facts')).toContain('Harbour watch');
    expect(found<HTMLAnchorElement>('.facts a').href).toBe('https://harbour.example/');
    expect(text('.facts')).toContain('19 March 2026');
  });

  test('that is no address is a fault of the field, said beside it', async () => {
    await page.open(optionsPage);
    type('#server', 'nonsense://x');
    found<HTMLFormElement>('form').requestSubmit();
    await soon(() => expect(text('#server-state')).toContain('https://watch.example'));
    const field = found('#server');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(field.getAttribute('aria-describedby')).toContain('server-state');
    expect(document.activeElement).toBe(field);
    expect((await settings()).server).toBe(SERVER);
  });

  test('that is not chosen yet is asked for', async () => {
    await changeSettings({ server: '' });
    await page.open(optionsPage);
    expect(text('#reading')).toContain('No server is chosen yet');
  });
});

describe('what is told', () => {
  test('is kept as soon as it is chosen', async () => {
    await page.open(optionsPage);
    press('#badge');
    type('#days', '7');
    await soon(async () => expect(await settings()).toMatchObject({ badge: false, days: 7 }));
    expect(page.said).toContain('Saved.');
  });

  test.each(['0', '31', '1.5', '-1', '', 'x'])('days of “%s” change nothing, and it is said why', async (typed) => {
    await page.open(optionsPage);
    type('#days', typed);
    await soon(() => expect(page.said).toEqual(['Nothing was changed: type a whole number from 1 to 30.']));
    expect(found<HTMLInputElement>('#days').value).toBe('30');
    expect((await settings()).days).toBe(30);
  });

  test('notifications ask for their permission when they are chosen', async () => {
    await page.open(optionsPage);
    press('#notifications-weekly');
    await soon(async () => expect((await settings()).notifications).toBe('weekly'));
    expect(page.permissions.asked).toEqual(['notifications']);
  });

  test('notifications that are not allowed stay off', async () => {
    page.permissions.answer = false;
    await page.open(optionsPage);
    press('#notifications-each');
    await soon(() => expect(page.said).toEqual(['The permission was not given; nothing changed.']));
    expect((await settings()).notifications).toBe('off');
    await soon(() => expect(isChecked('#notifications-off')).toBe(true));
  });

  test('a permission that was taken back elsewhere is missed', async () => {
    page.permissions.granted.add('notifications');
    await changeSettings({ notifications: 'each' });
    await page.open(optionsPage);
    expect(document.getElementById('allow-notifications')).toBeNull();
    await fakeBrowser.permissions.remove({ permissions: ['notifications'] });
    await soon(() => expect(text('#telling')).toContain('does not allow notifications'));
  });
});

describe('services', () => {
  test('that are known are listed, those chosen first', async () => {
    await startKnowing('brass-01', SINCE);
    await startKnowing('larkmail', SINCE, { isStarred: true });
    await page.open(optionsPage);
    expect([...document.querySelectorAll('#services li strong')].map((one) => one.textContent)).toEqual([
      'Larkmail',
      'Brass',
    ]);
    expect(text('#services li')).toContain('chosen · known since 1 March 2026');
  });

  test('can be muted, told of again, and forgotten', async () => {
    await startKnowing('larkmail', SINCE);
    await page.open(optionsPage);
    found('#mute-larkmail').focus();
    press('#mute-larkmail');
    await soon(() => expect(text('#mute-larkmail')).toBe('Tell again'));
    expect((await settings()).mutedServices).toEqual(['larkmail']);
    // Whoever uses the keyboard is not thrown to the beginning.
    expect(document.activeElement?.id).toBe('mute-larkmail');
    press('#mute-larkmail');
    await soon(async () => expect((await settings()).mutedServices).toEqual([]));
    await soon(() => press('#forget-larkmail'));
    await soon(async () => expect((await readAllMarks()).size).toBe(0));
  });

  test('are found by their name and chosen', async () => {
    await page.open(optionsPage);
    found<HTMLDetailsElement>('#services details').open = true;
    await soon(() => expect(text('.picker')).toContain('Search in 2 services'));
    type('#picker', 'lark');
    expect([...document.querySelectorAll('.found label')].map((one) => one.textContent)).toEqual(['Larkmail']);
    press('#pick-larkmail');
    await soon(async () => expect((await readMarks(['larkmail'])).get('larkmail')?.isStarred).toBe(true));
  });

  test('that this server does not know keep their place', async () => {
    await noteLook('gone-001', SINCE);
    await page.open(optionsPage);
    expect(text('#services li')).toContain('gone-001');
  });
});

test('topics that are chosen raise icon and notifications alone', async () => {
  await page.open(optionsPage);
  expect(found('#topics .columns').hidden).toBe(true);
  press('#topics-some');
  press('#topic-ai-training');
  press('#topic-data-sale');
  press('#topic-ai-training');
  await soon(async () => expect((await settings()).topics).toEqual(['data/sale']));
  press('#topics-all');
  await soon(async () => expect((await settings()).topics).toEqual([]));
});

test('types of terms of this server can be muted', async () => {
  await changeSettings({ mutedTypes: ['A Type Of Before'] });
  await page.open(optionsPage, 'de');
  const labels = [...document.querySelectorAll('#mutes label')].map((one) => one.textContent);
  expect(labels).toEqual(['A Type Of Before', 'Impressum', 'Nutzungsbedingungen']);
  press('#mute-type-1');
  await soon(async () => expect((await settings()).mutedTypes).toEqual(['A Type Of Before', 'Imprint']));
});

describe('the note where terms are agreed to', () => {
  test('is off until its permission is given', async () => {
    page.permissions.answer = false;
    await page.open(optionsPage);
    press('#show-agree');
    await soon(() => expect(page.said).toContain('The permission was not given; nothing changed.'));
    expect([(await settings()).agreeMoment, isChecked('#show-agree')]).toEqual([false, false]);
    page.permissions.answer = true;
    press('#show-agree');
    await soon(async () => expect((await settings()).agreeMoment).toBe(true));
    expect(page.permissions.asked).toEqual(['*://*/*', '*://*/*']);
  });

  test('is shown as off once the permission was taken back', async () => {
    page.permissions.granted.add('*://*/*');
    await changeSettings({ agreeMoment: true });
    await page.open(optionsPage);
    expect(isChecked('#show-agree')).toBe(true);
    press('#permission-sites');
    await soon(() => expect(isChecked('#show-agree')).toBe(false));
  });

  test('left receipts that can be removed', async () => {
    const receipt = {
      key: 'larkmail',
      serviceName: 'Larkmail',
      termsType: 'Imprint',
      versionId: null,
      versionDate: null,
    };
    await keepReceipt({ ...receipt, agreedAt: '2026-03-02T10:00:00.000Z' });
    await page.open(optionsPage);
    expect(text('#agree .rows')).toContain('Larkmail – Imprint');
    press('#receipt-0');
    await soon(async () => expect(await readReceipts()).toEqual([]));
  });
});

describe('permissions', () => {
  test('are given and taken back, and what shows follows', async () => {
    await page.open(optionsPage);
    const count = (): string => text('.abilities tbody tr:nth-child(2)');
    expect(count()).toContain('Needs: Addresses of open tabs.');
    press('#permission-tabs');
    await soon(() => expect(count()).not.toContain('Needs'));
    expect(text('#permission-tabs')).toBe('Revoke');
    press('#permission-tabs');
    await soon(() => expect(text('#permission-tabs')).toBe('Allow'));
    expect(page.permissions.granted.size).toBe(0);
  });
});

test('Firefox: the permission to read from the server is asked for where it is missing, and can be taken back', async () => {
  vi.spyOn(browser.runtime, 'getURL').mockImplementation((path: string) => `moz-extension://id${path}`);
  await page.open(optionsPage);
  expect(text('#reading .offer')).toContain('identifier of this installation');
  expect(document.getElementById('refresh')).toBeNull();
  press('#permission-server');
  await soon(() => found('#refresh'));
  expect(page.permissions.asked).toEqual(['https://watch.example/*']);
  press('#permission-server');
  await soon(() => found('#allow-server'));
  expect(page.permissions.granted.size).toBe(0);
  vi.restoreAllMocks();
});

test('where what is kept cannot be read, the rest still works, and all can be deleted', async () => {
  vi.spyOn(browser.storage.local, 'get').mockRejectedValue(new Error('The storage is damaged.'));
  await page.open(optionsPage);
  vi.restoreAllMocks();
  expect(text('main > .fault')).toContain('cannot be read');
  expect([...document.querySelectorAll('main > section')].map(({ id }) => id)).toEqual(['data', 'about']);
  press('#delete-confirm');
  await soon(() => expect(document.querySelectorAll('main > section').length).toBe(10));
});

test('all data goes only after it was confirmed', async () => {
  await startKnowing('larkmail', SINCE);
  await page.open(optionsPage);
  const dialog = found<HTMLDialogElement>('dialog');
  press('#delete');
  expect(dialog.open).toBe(true);
  press('dialog button');
  expect([dialog.open, (await readAllMarks()).size]).toEqual([false, 1]);
  press('#delete');
  press('#delete-confirm');
  await soon(() => expect(page.said).toEqual(['All data was deleted.']));
  expect((await readAllMarks()).size).toBe(0);
  expect((await settings()).server).toBe('');
  expect(found<HTMLInputElement>('#server').value).toBe('');
});

test.each(HOSTILE.names)('a service and a type called “$name” are text', async ({ text: name }) => {
  await plantFiles(SERVER, [{ ...LARK, coverage: { name, terms: [[name, null, null, 0]] } }]);
  await startKnowing('larkmail', SINCE);
  await page.open(optionsPage);
  const before = document.querySelectorAll('script, img, iframe, svg, style').length;
  found<HTMLDetailsElement>('#services details').open = true;
  await soon(() => found('.picker'));
  expect([before, document.querySelectorAll('script, img, iframe, svg, style').length]).toEqual([0, 0]);
  expect(text('#services li strong').length).toBeGreaterThan(0);
});
