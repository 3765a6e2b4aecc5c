import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { manifestFor } from '../../extension/manifest.ts';
import { projectDirectory } from '../helpers/program.ts';

const at = (...path: string[]): string => join(projectDirectory, ...path);
const LANGUAGES = ['de', 'en', 'es', 'fr'];

// The stricter of Chrome Web Store's and addons.mozilla.org's limits, in characters:
// https://developer.chrome.com/docs/extensions/reference/manifest/description, …/manifest/name,
// https://mozilla.github.io/addons-server/topics/api/addons.html; reasons have 1,000 in the dashboard.
const texts = z.strictObject({
  name: z.string().min(1).max(50),
  summary: z.string().min(20).max(132),
  description: z.string().min(250).max(15_000),
  single_purpose: z.string().min(20).max(1_000),
  permissions: z.record(z.string(), z.string().min(20).max(1_000)),
});

const readTexts = async (language: string): Promise<z.infer<typeof texts>> =>
  texts.parse(parse(await readFile(at('docs/store', `${language}.yml`), 'utf8')));

const messagesOf = async (language: string): Promise<Record<string, { readonly message: string }>> =>
  JSON.parse(await readFile(at('extension/public/_locales', language, 'messages.json'), 'utf8'));

/** All that either build may ever ask for. */
const asked = new Set(
  ['chrome', 'firefox'].flatMap((browser) => {
    const manifest = manifestFor(browser);
    const { permissions = [], optional_permissions = [], optional_host_permissions = [] } = manifest;
    return [...permissions, ...optional_permissions, ...optional_host_permissions].map(String);
  }),
);

test('there are texts in the languages of the extension, and no others', async () => {
  const files = (await readdir(at('docs/store'))).filter((name) => name.endsWith('.yml'));
  expect(files).toEqual(LANGUAGES.map((language) => `${language}.yml`));
  expect((await readdir(at('extension/public/_locales'))).toSorted()).toEqual(LANGUAGES);
});

describe.each(LANGUAGES)('the texts in %s', (language) => {
  test('fit the stores', async () => {
    expect(await readTexts(language)).toBeTruthy();
  });

  test('call the extension what its manifest calls it', async () => {
    const { name, summary } = await readTexts(language);
    const messages = await messagesOf(language);
    expect(name).toBe(messages.extensionName?.message);
    expect(summary).toBe(messages.extensionDescription?.message);
  });

  test('give a reason for each permission that is asked for, and for no other', async () => {
    const { permissions } = await readTexts(language);
    expect(Object.keys(permissions).toSorted()).toEqual([...asked].toSorted());
  });

  test('are texts of their own, as long as the English ones, with the same parts', async () => {
    const [own, english] = [await readTexts(language), await readTexts('en')];
    const parts = (text: string): number => text.split('\n').filter((line) => line !== '').length;
    expect(parts(own.description)).toBe(parts(english.description));
    for (const [permission, reason] of Object.entries(own.permissions)) {
      if (language !== 'en') expect(reason, permission).not.toBe(english.permissions[permission]);
    }
  });
});

test('icons are as large as their names say, in the sizes that stores and toolbars need', async () => {
  for (const state of ['plain', 'news', 'unread']) {
    for (const size of [16, 19, 32, 38, 48, 64, 96, 128]) {
      const picture = await readFile(at('extension/public/icons', `${state}-${size}.png`));
      // https://www.w3.org/TR/png-3/#11IHDR
      expect([picture.readUInt32BE(16), picture.readUInt32BE(20)], `${state}-${size}`).toEqual([size, size]);
    }
  }
});
