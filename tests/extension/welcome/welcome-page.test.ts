// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { welcomePage } from '../../../extension/entrypoints/welcome/welcome-page.ts';
import { dropFiles } from '../../../extension/files/keep-files.ts';
import { readInstalledAt } from '../../../extension/state/installed-at.ts';
import { noteFailure, noteSuccess } from '../../../extension/state/last-refresh.ts';
import { readAllMarks } from '../../../extension/state/marks.ts';
import { changeSettings } from '../../../extension/state/settings.ts';
import { LANGUAGES } from '../../../extension/words/languages.ts';
import { found, type MadePage, makePage, press, soon, type } from '../../helpers/extension/made-page.ts';
import { plantFiles } from '../../helpers/extension/made-up-files.ts';

const SERVER = 'https://watch.example';
const INSTALLED = new Date('2026-03-01T08:00:00.000Z');
const LARK = { key: 'larkmail', domain: 'larkmail.example', coverage: { name: 'Larkmail' } };

let page: MadePage;

beforeEach(() => {
  page = makePage();
});
afterEach(dropFiles);

const text = (selector: string): string => found(selector).textContent ?? '';

describe.each(LANGUAGES)('in %s', (language) => {
  test('everything is said in words', async () => {
    await page.open(welcomePage, language);
    expect(document.querySelectorAll('main > section h2').length).toBe(5);
    expect(document.body.textContent).not.toMatch(/\b[a-z]+_[a-z_]+\b|\$/);
    expect(found('svg').getAttribute('aria-label')).toMatch(/Clausewatch/);
  });
});

test('a server is asked for where none is chosen', async () => {
  await page.open(welcomePage);
  expect(text('#reading')).toContain('There is no public server yet');
  expect(text('#choose')).toContain('once a server is chosen');
});

test('the server that is read is named, with where it is', async () => {
  await changeSettings({ server: SERVER });
  await plantFiles(SERVER, [LARK]);
  await page.open(welcomePage);
  expect(text('#reading')).toContain('Changes are read from Harbour watch: watch.example');
  expect(found<HTMLDetailsElement>('#reading details').open).toBe(false);
});

test('services appear once they were downloaded, and those that somebody uses are known since installation', async () => {
  // The worker notes it when it starts for the first time.
  await readInstalledAt(INSTALLED);
  await changeSettings({ server: SERVER });
  await page.open(welcomePage);
  expect(text('#choose')).toContain('is being downloaded');
  await plantFiles(SERVER, [LARK]);
  await noteSuccess(new Date());
  await soon(() => expect(text('.found')).toBe('Larkmail'));
  press('#pick-larkmail');
  const known = { since: INSTALLED.toISOString(), isStarred: true };
  await soon(async () => expect((await readAllMarks()).get('larkmail')).toMatchObject(known));
  press('#pick-larkmail');
  await soon(async () => expect((await readAllMarks()).size).toBe(0));
});

test('what was typed and chosen stays while the same files are read again', async () => {
  await changeSettings({ server: SERVER });
  await plantFiles(SERVER, [LARK, { key: 'brass-01', domain: 'brass.example', coverage: { name: 'Brass' } }]);
  await page.open(welcomePage);
  type('#picker', 'lark');
  const field = found('#picker');
  await noteSuccess(new Date());
  await noteFailure('unreachable');
  await soon(() => expect(text('.found')).toBe('Larkmail'));
  expect(found('#picker')).toBe(field);
});

test('a download that failed says what to do', async () => {
  await changeSettings({ server: SERVER });
  await noteFailure('unreachable');
  await page.open(welcomePage);
  expect(text('#choose')).toContain('Check the address and the connection');
});

test('one permission is offered, with its reason', async () => {
  await page.open(welcomePage);
  expect(text('#abilities .offer')).toContain('Addresses are neither kept nor sent.');
  press('#permission-tabs');
  await soon(() => expect(text('#abilities .offer')).toContain('take this back at any time'));
  expect(page.permissions.asked).toEqual(['tabs']);
});

test('a permission that is refused is said to be', async () => {
  page.permissions.answer = false;
  await page.open(welcomePage);
  press('#permission-tabs');
  await soon(() => expect(page.said).toEqual(['The permission was not given; nothing changed.']));
});
