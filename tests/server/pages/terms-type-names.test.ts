import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TERMS_TYPES } from '../../../archive/declarations/terms-types.ts';
import { formatsOf } from '../../../server/pages/formats.ts';
import { PAGE_LANGUAGES } from '../../../server/pages/languages.ts';
import { termsTypeWords } from '../../../server/pages/parts/terms-type.ts';
import { TERMS_TYPE_NAMES, termsTypeName } from '../../../server/pages/terms-types/terms-type-names.ts';
import { pagesOfTest } from '../../helpers/pages.ts';
import { openServed, type ServedOfTest } from '../../helpers/served.ts';

describe.each(Object.entries(TERMS_TYPE_NAMES))('the names of terms types in %s', (_language, names) => {
  test('are there for every type of the list, each another one', () => {
    expect(Object.keys(names).sort()).toEqual([...TERMS_TYPES].sort());
    expect(new Set(Object.values(names)).size).toBe(TERMS_TYPES.length);
  });

  test('have the signs of books', () => {
    expect(Object.values(names).filter((name) => /["']|^\s|\s$/.test(name))).toEqual([]);
  });
});

test('a type that is not in the list is called what it is, and marked as English', () => {
  for (const type of ['House Rules', 'toString', '__proto__']) {
    expect(formatsOf('de').termsType(type)).toBe(type);
    expect(String(termsTypeWords({ language: 'de' }, type))).toBe(`<bdi lang="en">${type}</bdi>`);
  }
  expect(String(termsTypeWords({ language: 'fr' }, '<b>"'))).toBe('<bdi lang="en">&lt;b&gt;&quot;</bdi>');
});

test('English pages and addresses have the names of Open Terms Archive', () => {
  for (const type of TERMS_TYPES) expect(termsTypeName('en', type)).toBe(type);
});

describe('pages', () => {
  let served: ServedOfTest;
  beforeAll(async () => {
    served = await openServed();
  });
  afterAll(() => served.close());

  test.each([
    ['the start', '/'],
    ['services', '/services'],
    ['a service', '/harbour/services/Larkmail'],
    ['terms', '/harbour/services/Larkmail/Terms%20of%20Service'],
    ['found paragraphs', '/search?q=arbitration'],
    ['a comparison', '/compare?q=arbitration'],
  ])('%s: the type in the language of the page', async (_name, path) => {
    for (const language of PAGE_LANGUAGES) {
      const document = await pagesOfTest(served).document(`/${language}${path}`);
      expect(document).toContain(`<bdi>${termsTypeName(language, 'Terms of Service')}</bdi>`);
      if (language !== 'en') expect(document).not.toContain('<bdi>Terms of Service</bdi>');
      expect(document).not.toMatch(/href="[^"]*(Nutzungsbedingungen|utilisation|Condiciones)/);
    }
  });

  test('terms name the type by which records are kept', async () => {
    const document = await pagesOfTest(served).document('/de/harbour/services/Larkmail/Terms%20of%20Service');
    expect(document).toContain('<small class="muted" lang="en">(Terms of Service)</small></h1>');
  });
});
