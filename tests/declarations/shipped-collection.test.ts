import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadDeclarations } from '../../archive/declarations/load-collection.ts';
import { TERMS_TYPES } from '../../archive/declarations/terms-types.ts';

const root = resolve(import.meta.dirname, '../..');
const { services, faults } = await loadDeclarations(root);
const readme = await readFile(resolve(root, 'declarations/README.md'), 'utf8');
const metadata = parse(await readFile(resolve(root, 'metadata.yml'), 'utf8'));
const rows = readme
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map((line) => {
    const [service = '', kind = '', language = '', count = ''] = line.slice(2).split(' | ');
    return { service, kind, language, count: Number(count) };
  });
const LANGUAGE_CODES: Record<string, string> = { English: 'en', French: 'fr', German: 'de', Spanish: 'es' };
const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();

describe('the declarations that ship', () => {
  test('load without a fault or a warning', () => {
    expect(faults).toEqual([]);
  });

  test('are of at least 25 services and 60 terms', () => {
    expect(services.length).toBeGreaterThanOrEqual(25);
    expect(services.flatMap(({ terms }) => terms).length).toBeGreaterThanOrEqual(60);
  });

  test.each(services.map((service) => [service.id, service] as const))(
    '%s: known types, safe locations',
    (_, service) => {
      expect(service.terms.length).toBeGreaterThan(0);
      for (const { type, sourceDocuments } of service.terms) {
        expect(TERMS_TYPES).toContain(type);
        for (const { location } of sourceDocuments) expect(new URL(location).protocol).toBe('https:');
      }
      expect(service.filtersFile).toBeUndefined();
    },
  );

  test('are formatted alike: two spaces, a newline at the end', async () => {
    const folder = resolve(root, 'declarations');
    const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
    expect(files.length).toBe(services.length);
    for (const file of files) {
      const text = await readFile(resolve(folder, file), 'utf8');
      expect(text, file).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    }
  });
});

describe('the table in declarations/README.md', () => {
  test('names every service once, with its number of terms types', () => {
    const declared = services.map(({ id, terms }) => `${id}: ${terms.length}`);
    expect(rows.map(({ service, count }) => `${service}: ${count}`).sort()).toEqual(declared.sort());
  });

  test('shows at least seven kinds, with those that the collection promises', () => {
    const kinds = unique(rows.map(({ kind }) => kind));
    expect(kinds.length).toBeGreaterThanOrEqual(7);
    expect(kinds).toEqual(
      expect.arrayContaining(['AI', 'bank', 'messaging', 'search', 'shop', 'social', 'streaming', 'telecom', 'travel']),
    );
  });

  test('shows at least four languages, those of metadata.yml', () => {
    const codes = unique(rows.map(({ language }) => LANGUAGE_CODES[language] ?? `unknown: ${language}`));
    expect(codes.length).toBeGreaterThanOrEqual(4);
    expect(codes).toEqual([...metadata.languages].sort());
  });

  test('stands below the warning that nothing was verified, with the command that checks it', () => {
    expect(readme).toContain('unverified');
    expect(readme).toContain('npm run -s clausewatch -- check');
  });
});

test('metadata.yml has what a collection must say of itself', () => {
  for (const key of ['id', 'name', 'tagline', 'description']) expect(metadata[key], key).toBeTypeOf('string');
  expect(metadata.jurisdictions.length).toBeGreaterThan(0);
});
