import { beforeEach, expect, test } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { dropFiles } from '../../../extension/files/keep-files.ts';
import { closeFiles } from '../../../extension/files/open-files.ts';
import { newsOfService } from '../../../extension/news/news-of-service.ts';
import { knownOfSite } from '../../../extension/news/news-of-site.ts';
import { chooseService, unchooseService } from '../../../extension/setup/choose-service.ts';
import { noteSuccess } from '../../../extension/state/last-refresh.ts';
import { noteLook, readMarks } from '../../../extension/state/marks.ts';
import { changeSettings } from '../../../extension/state/settings.ts';
import { idOf, plantFiles } from '../../helpers/extension/made-up-files.ts';

const KEY = 'larkmail';
const INSTALLED = new Date('2026-03-01T08:00:00.000Z');
const LATER = new Date('2026-03-20T08:00:00.000Z');

beforeEach(async () => {
  fakeBrowser.reset();
  await dropFiles();
  closeFiles();
});

const markOf = async () => (await readMarks([KEY])).get(KEY);

test('a service that somebody uses is known since installation', async () => {
  await chooseService(KEY, INSTALLED);
  const known = { since: INSTALLED.toISOString(), after: '2026-02-26T08:00:00.000Z', known: [], read: [] };
  expect(await markOf()).toEqual({ ...known, isStarred: true, lookedAt: null });
});

test('of what the files have then, nothing of before installation is ever unread', async () => {
  const service = { key: KEY, domain: 'larkmail.example' };
  const at = (date: string) => ({ id: idOf(date), date });
  const [before, after, late] = [
    at('2026-02-28T08:00:00.000Z'),
    at('2026-03-02T08:00:00.000Z'),
    at('2026-02-27T08:00:00.000Z'),
  ];
  await plantFiles('https://harbour.example', [{ ...service, alerts: [after, before] }]);
  await noteSuccess(LATER);
  await chooseService(KEY, INSTALLED);
  expect(await markOf()).toMatchObject({ known: [before.id] });
  const settings = await changeSettings({ server: 'https://harbour.example' });
  const unread = async () => {
    const [known] = await knownOfSite('larkmail.example');
    return known && newsOfService(known, settings).documents.flatMap(({ unread }) => unread.map(({ id }) => id));
  };
  expect(await unread()).toEqual([after.id]);
  // A mirror was behind: nobody was shown it.
  await plantFiles('https://harbour.example', [{ ...service, alerts: [after, before, late] }]);
  expect(await unread()).toEqual([after.id, late.id]);
});

test('one that was looked at stays known since then', async () => {
  await noteLook(KEY, LATER);
  await chooseService(KEY, INSTALLED);
  expect(await markOf()).toMatchObject({ since: LATER.toISOString(), isStarred: true });
});

test('taken back, it is as if it had never been chosen', async () => {
  await chooseService(KEY, INSTALLED);
  await unchooseService(KEY);
  expect(await markOf()).toBeUndefined();
});

test('taken back, one that was looked at stays known', async () => {
  await noteLook(KEY, LATER);
  await chooseService(KEY, INSTALLED);
  await unchooseService(KEY);
  expect(await markOf()).toMatchObject({ since: LATER.toISOString(), isStarred: false });
});

test('taking back what was never chosen notes nothing', async () => {
  await unchooseService(KEY);
  expect(await markOf()).toBeUndefined();
});
