import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Fault } from '../../../archive/declarations/fault.ts';
import { termsAt } from '../../../archive/declarations/history.ts';
import { declaredServices, loadDeclarations } from '../../../archive/declarations/load-collection.ts';

const PAGE = { fetch: 'https://service.example/privacy', select: 'main' };
const SERVICE = { name: 'Example', terms: { 'Privacy Policy': PAGE } };

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'clausewatch-collection-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function write(files: Record<string, unknown>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(directory, 'declarations', name);
    await mkdir(dirname(path), { recursive: true });
    const isData = typeof content === 'string' || content instanceof Uint8Array;
    await writeFile(path, isData ? content : JSON.stringify(content));
  }
}

const lines = (faults: readonly Fault[]): string[] =>
  faults.map(({ file, path, message, severity }) => `${severity} ${file} ${path}: ${message}`);

describe('services and their files', () => {
  test('are found by the collection’s folder and by its folder declarations', async () => {
    await write({ 'Yahoo!.json': SERVICE, 'Last.fm.json': SERVICE, 'Last.fm.filters.js': '', '.hidden.json': '{' });
    for (const place of [directory, join(directory, 'declarations')]) {
      const { services, faults } = await loadDeclarations(place);
      expect(faults).toEqual([]);
      expect(services.map(({ id }) => id)).toEqual(['Last.fm', 'Yahoo!']);
      expect(services[0]?.filtersFile).toBe(join(directory, 'declarations', 'Last.fm.filters.js'));
      expect(services[0]?.filtersHistoryFile).toBeUndefined();
    }
    expect(await declaredServices(directory)).toEqual(['Last.fm', 'Yahoo!']);
  });

  test('a folder that is no collection says so', async () => {
    await expect(loadDeclarations(directory)).rejects.toThrow(`${directory} is not a collection`);
  });

  test('a faulty service stops no other', async () => {
    await write({
      'Broken.json': '{\n  "name": "Broken",\n  "terms": {"Privacy Policy": }\n}',
      'Latin.json': new Uint8Array([0x7b, 0xe9, 0x7d]),
      'Marked.json': `\uFEFF${JSON.stringify(SERVICE)}`,
    });
    await mkdir(join(directory, 'declarations', 'Folder.json'));
    const { services, faults } = await loadDeclarations(directory);
    expect(services.map(({ id }) => id)).toEqual(['Marked']);
    expect(lines(faults)).toEqual([
      'fault declarations/Broken.json : not JSON, at line 3, column 31: expected a value, found "}\\n}"',
      expect.stringContaining('fault declarations/Folder.json : cannot be read: EISDIR'),
      'fault declarations/Latin.json : is not encoded in UTF-8',
    ]);
  });

  test('names that not every disk can hold, and files without a service', async () => {
    await write({
      'a:b.json': SERVICE,
      'Example.json': SERVICE,
      'example.json': SERVICE,
      'Gone.filters.js': '',
      'Gone.history.json': {},
      'notes.txt': '',
    });
    const { services, faults } = await loadDeclarations(directory);
    expect(services.map(({ id }) => id)).toEqual(['Example', 'a:b', 'example']);
    expect(lines(faults)).toEqual([
      'warning declarations/Gone.filters.js : belongs to no declared service: there is no declarations/Gone.json',
      'warning declarations/Gone.history.json : belongs to no declared service: there is no declarations/Gone.json',
      'fault declarations/a:b.json : has a character in its name that not every disk can hold',
      'fault declarations/example.json : differs from Example.json only in case; many disks hold only one of them',
    ]);
  });

  test('only the named services are read; a name that is not declared is a fault', async () => {
    await write({ 'A.json': SERVICE, 'Broken.json': '{', 'Facebook.json': SERVICE });
    const { services, faults } = await loadDeclarations(directory, { services: ['A', 'facebok'] });
    expect(services.map(({ id }) => id)).toEqual(['A']);
    expect(faults).toMatchObject([{ service: 'facebok', hint: 'Did you mean “Facebook”?' }]);
  });
});

describe('filter functions', () => {
  const files = {
    'Example.json': {
      name: 'E',
      terms: { 'Privacy Policy': { ...PAGE, filter: ['tidy', 'tidi', 'removeQueryParams', { old: 1 }] } },
    },
    'Example.history.json': { 'Privacy Policy': [{ ...PAGE, filter: ['lost'], validUntil: '2024-01-01T00:00:00Z' }] },
    'Example.filters.js': "export function tidy() {}\nthrow new Error('never run');",
    'Example.filters.history.js': 'export const old = [];',
  };

  test('that no file exports are faults, and the terms are still loaded', async () => {
    await write(files);
    const { services, faults } = await loadDeclarations(directory);
    expect(services[0]?.terms).toHaveLength(1);
    expect(faults.map(({ file, path, hint }) => [file, path, hint])).toEqual([
      ['declarations/Example.json', 'terms["Privacy Policy"].filter[1]', 'Did you mean “tidy”?'],
      [
        'declarations/Example.history.json',
        '["Privacy Policy"][0].filter[0]',
        "Export a function lost from the service's .filters.js file.",
      ],
    ]);
  });

  test('are not looked for where only the schema is asked about', async () => {
    await write(files);
    expect((await loadDeclarations(directory, { checkFunctions: false })).faults).toEqual([]);
  });

  test('cannot be told where everything of another module is exported', async () => {
    await write({ ...files, 'Example.filters.js': "export * from './shared.js';" });
    expect((await loadDeclarations(directory)).faults).toEqual([]);
  });
});

describe('history', () => {
  const at = async (date: string): Promise<unknown> => {
    const [service] = (await loadDeclarations(directory)).services;
    return service && termsAt(service, 'Privacy Policy', new Date(date))?.sourceDocuments[0]?.select;
  };

  test('the first declaration whose validUntil is not before the date is in force, else the current one', async () => {
    const entry = (select: string, validUntil: string): unknown => ({ ...PAGE, select, validUntil });
    await write({
      'Example.json': SERVICE,
      'Example.history.json': {
        'Privacy Policy': [entry('.second', '2022-01-01T00:00:00+01:00'), entry('.first', '2021-01-01T00:00:00Z')],
        'Terms of Service': [entry('.gone', '2020-01-01T00:00:00.000Z')],
      },
    });
    expect(await at('2020-05-01T00:00:00Z')).toBe('.first');
    expect(await at('2021-01-01T00:00:00.000Z')).toBe('.first');
    expect(await at('2021-01-01T00:00:00.001Z')).toBe('.second');
    expect(await at('2021-12-31T23:00:00.000Z')).toBe('.second');
    expect(await at('2021-12-31T23:00:00.001Z')).toBe('main');
    const { services, faults } = await loadDeclarations(directory);
    expect(lines(faults)).toEqual([
      'warning declarations/Example.history.json ["Privacy Policy"]: is not in the order of validUntil, oldest first; it is read as if it were',
    ]);
    const [service] = services;
    if (!service) throw new Error('not loaded');
    const gone = (date: string): unknown =>
      termsAt(service, 'Terms of Service', new Date(date))?.sourceDocuments.length;
    expect([gone('2019-01-01'), gone('2023-01-01')]).toEqual([1, undefined]);
    expect(termsAt(service, 'Imprint', new Date())).toBeUndefined();
  });

  test('every fault is named; faulty entries are left out', async () => {
    const good = { ...PAGE, validUntil: '2024-05-01T00:00:00Z' };
    await write({
      'Example.json': SERVICE,
      'Example.history.json': {
        'Privacy Policy': [
          PAGE,
          { ...PAGE, validUntil: '2024-13-01T00:00:00Z' },
          { ...PAGE, validUntil: '2024-01-01' },
          { validUntil: '2024-02-01T00:00:00Z', select: 'main' },
          { fetch: 'https://service.example/a.pdf', validUntil: '2024-03-01T00:00:00Z' },
          'main',
          good,
          good,
        ],
        'Terms of Servce': [good],
        'Terms of Service': good,
      },
    });
    const { services, faults } = await loadDeclarations(directory);
    const place = 'declarations/Example.history.json';
    expect(lines(faults)).toEqual([
      `fault ${place} ["Privacy Policy"][0].validUntil: is missing; expected a date and time (ISO 8601)`,
      `fault ${place} ["Privacy Policy"][1].validUntil: "2024-13-01T00:00:00Z" is not a date and time with a time zone (ISO 8601)`,
      `fault ${place} ["Privacy Policy"][2].validUntil: "2024-01-01" is not a date and time with a time zone (ISO 8601)`,
      `fault ${place} ["Privacy Policy"][3].fetch: is missing; expected an address`,
      `fault ${place} ["Privacy Policy"][5]: is the text "main"; expected an object`,
      `warning ${place} ["Privacy Policy"]: has two entries valid until 2024-05-01T00:00:00.000Z; only the first is ever in force`,
      `fault ${place} ["Terms of Servce"]: “Terms of Servce” is not a terms type`,
      `fault ${place} ["Terms of Service"]: is an object; expected an array of former declarations`,
    ]);
    expect(
      services[0]?.history.get('Privacy Policy')?.map(({ validUntil }) => validUntil?.toISOString().slice(0, 7)),
    ).toEqual(['2024-01', '2024-03', '2024-05', '2024-05']);
  });
});

const contrib = new URL('../../../../shared/data/contrib-declarations/', import.meta.url).pathname;
const isAbsent = !existsSync(contrib);
const reason = isAbsent ? ' (skipped: ../shared/data is absent)' : '';

describe.skipIf(isAbsent)(`a real collection${reason}`, () => {
  test('loads without a fault as far as the schema goes, every selector accepted', async () => {
    const { services, faults } = await loadDeclarations(contrib, { checkFunctions: false });
    expect(services).toHaveLength(379);
    expect(services.flatMap(({ terms }) => terms)).toHaveLength(816);
    expect(services.flatMap(({ history }) => [...history.values()].flat())).toHaveLength(485);
    expect(lines(faults.filter(({ severity }) => severity === 'fault'))).toEqual([]);
    const kinds = Object.groupBy(faults, ({ message }) => message.replace(/until .*|there is .*/, '…').slice(0, 40));
    expect(Object.values(kinds).map((of) => of?.length)).toEqual([2, 26, 1]);
  });

  test('each filter function that is not there is a fault of its own', async () => {
    const { services, faults } = await loadDeclarations(contrib);
    expect(services).toHaveLength(379);
    const missing = faults.filter(({ severity }) => severity === 'fault');
    const uses = services.flatMap(({ terms, history }) =>
      [...terms, ...[...history.values()].flat()].flatMap(({ sourceDocuments }) =>
        sourceDocuments.flatMap(({ filter }) =>
          filter.map((use) => (typeof use === 'string' ? use : Object.keys(use)[0])),
        ),
      ),
    );
    const own = uses.filter((name) => name !== 'removeQueryParams');
    expect(own.length).toBeGreaterThan(100);
    expect(missing).toHaveLength(own.length);
    expect(missing.every(({ message }) => message.startsWith('no filter function is called'))).toBe(true);
  });
});
