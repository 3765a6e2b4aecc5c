import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { createDataset, type DatasetOptions } from '../../../archive/dataset/create-dataset.ts';
import { openLatestDataset } from '../../../archive/dataset/latest-dataset.ts';
import { updateIndex } from '../../../archive/index/update-index.ts';
import { thisProcess } from '../../../archive/ledger/lock-owner.ts';
import { acquireWriterLock } from '../../../archive/ledger/writer-lock.ts';
import { addCommits, type CommitOfTest, makeHistory } from '../../helpers/history.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const DAY = new Date('2024-03-01T12:30:45.678Z');
const at = (iso: string): number => Date.parse(iso) / 1000;

const record = (path: string, content: string, iso: string, subject = 'Record new changes of'): CommitOfTest => {
  const [serviceId = '', file = ''] = path.split('/');
  return {
    message: `${subject} ${serviceId} ${file.replace(/\.md$/, '')}`,
    date: at(iso),
    set: { [path]: content },
  };
};

const RECORDS: readonly CommitOfTest[] = [
  { message: 'Add a licence', set: { 'README.md': 'Not a record', LICENSE: '# Open Database License (ODbL)\n\nText' } },
  record('Larkmail/Terms of Service.md', '# Terms\n\nFirst', '2021-05-01T08:00:00Z', 'First record of'),
  record('Larkmail/Terms of Service.md', '# Terms\n\nSecond', '2022-06-02T09:10:11Z'),
  record(
    'Larkmail/Terms of Service.md',
    '# Terms\n\nThird',
    '2022-06-02T09:10:11Z',
    'Apply technical or declaration upgrade on',
  ),
  record('Ferry & Sons!/Privacy Policy.md', 'Ünïcode ✓', '2023-01-01T00:00:00Z', 'First record of'),
  record('a\\..\\b/Terms of Service.md', 'odd', '2020-02-03T04:05:06Z', 'First record of'),
];

async function collectionOf(commits: readonly CommitOfTest[] = RECORDS): Promise<DatasetOptions> {
  const data = await temporaryDirectory();
  const versionsDirectory = makeHistory(join(data, 'versions'));
  addCommits(versionsDirectory, ...commits);
  const indexFile = join(data, 'index.sqlite');
  await updateIndex({ versionsDirectory, indexFile, withText: false });
  return {
    collectionId: 'harbour',
    title: 'Harbour',
    versionsDirectory,
    indexFile,
    directory: join(data, 'datasets'),
    keep: 2,
    diskFloor: 0,
    clock: () => DAY,
  };
}

async function filesOf(zip: string): Promise<Record<string, string>> {
  const archive = await fromBufferPromise(readFileSync(zip));
  const files: Record<string, string> = {};
  for await (const entry of archive.eachEntry()) {
    files[entry.fileName] = (await buffer(await archive.openReadStreamPromise(entry))).toString();
  }
  return files;
}

describe('a dataset', () => {
  test("holds every version in OTA's layout, explained, under the collection's licence", async () => {
    const options = await collectionOf();
    const progress: number[] = [];
    const facts = await createDataset({ ...options, onProgress: ({ done, total }) => progress.push(done / total) });
    const zip = join(options.directory, 'harbour-2024-03-01.zip');
    const { 'harbour-2024-03-01/README.md': readme, ...files } = await filesOf(zip);
    expect(files).toEqual({
      'harbour-2024-03-01/Larkmail/Terms of Service/2021-05-01T08-00-00Z.md': '# Terms\n\nFirst',
      'harbour-2024-03-01/Larkmail/Terms of Service/2022-06-02T09-10-11Z.md': '# Terms\n\nThird',
      'harbour-2024-03-01/Larkmail/Terms of Service/2022-06-02T09-10-11Z-1.md': '# Terms\n\nSecond',
      'harbour-2024-03-01/Ferry & Sons!/Privacy Policy/2023-01-01T00-00-00Z.md': 'Ünïcode ✓',
      'harbour-2024-03-01/a_.._b/Terms of Service/2020-02-03T04-05-06Z.md': 'odd',
      'harbour-2024-03-01/LICENSE': '# Open Database License (ODbL)\n\nText',
    });
    expect(readme).toMatch(/^# Harbour: dataset of 2024-03-01\n/);
    expect(readme).toContain('| versions | 5 |');
    const bytes = readFileSync(zip);
    expect(facts).toEqual({
      filename: 'harbour-2024-03-01.zip',
      title: 'Harbour',
      license: 'ODbL-1.0',
      releaseDate: '2024-03-01T12:30:45Z',
      firstVersionDate: '2020-02-03T04:05:06Z',
      lastVersionDate: '2023-01-01T00:00:00Z',
      servicesCount: 3,
      termsCount: 3,
      versionsCount: 5,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(JSON.parse(readFileSync(join(options.directory, 'harbour-2024-03-01.json'), 'utf8'))).toEqual(facts);
    expect(progress[0]).toBe(0);
    expect(progress.at(-1)).toBe(1);
  });

  test.each([
    {
      name: 'set',
      set: 'CC-BY-4.0',
      files: {},
      license: 'CC-BY-4.0',
      says: 'https://spdx.org/licenses/CC-BY-4.0.html',
    },
    { name: 'unknown', set: undefined, files: {}, license: 'NOASSERTION', says: 'has not said' },
    {
      name: 'another one at the root',
      set: undefined,
      files: { LICENSE: 'Ours alone' },
      license: 'LicenseRef-LICENSE',
      says: 'Ours alone',
    },
    {
      name: 'set and another one at the root',
      set: 'CC0-1.0',
      files: { LICENSE: 'ODbL' },
      license: 'CC0-1.0',
      says: 'CC0-1.0.html',
    },
  ])('its licence: $name', async ({ set, files, license, says }) => {
    const options = await collectionOf([
      { message: 'Files', set: { ...files, 'README.md': '' } },
      record('A/Terms of Service.md', 'a', '2021-05-01T08:00:00Z'),
    ]);
    const facts = await createDataset({ ...options, license: set });
    expect(facts.license).toBe(license);
    const contents = await filesOf(join(options.directory, facts.filename));
    expect(contents['harbour-2024-03-01/LICENSE']).toContain(says);
  });

  test('more versions than are asked for at once', async () => {
    const many = Array.from({ length: 1103 }, (_, n) =>
      record('A/Terms of Service.md', `text ${n}`, new Date(Date.UTC(2020, 0, 1) + n * 60_000).toISOString()),
    );
    const options = await collectionOf(many);
    const facts = await createDataset(options);
    expect(facts.versionsCount).toBe(1103);
    const files = await filesOf(join(options.directory, facts.filename));
    expect(Object.keys(files)).toHaveLength(1105);
    expect(files['harbour-2024-03-01/A/Terms of Service/2020-01-01T18-22-00Z.md']).toBe('text 1102');
  });

  test('only the newest are kept, and nobody else’s are touched', async () => {
    const options = await collectionOf();
    for (const day of ['2024-01-01', '2024-02-01', '2024-03-01']) {
      await createDataset({ ...options, clock: () => new Date(`${day}T00:00:00Z`) });
      writeFileSync(join(options.directory, `harbour-two-${day}.json`), '{}');
    }
    expect(
      readdirSync(options.directory)
        .filter((file) => !file.includes('two'))
        .sort(),
    ).toEqual([
      'harbour-2024-02-01.json',
      'harbour-2024-02-01.zip',
      'harbour-2024-03-01.json',
      'harbour-2024-03-01.zip',
    ]);
    expect(readdirSync(options.directory).filter((file) => file.includes('two'))).toHaveLength(3);
  });
});

describe('what can come between', () => {
  test('an interruption leaves the former dataset and nothing half-made', async () => {
    const options = await collectionOf();
    const former = await createDataset({ ...options, clock: () => new Date('2024-02-01T00:00:00Z') });
    const stop = new AbortController();
    const interrupted = createDataset({
      ...options,
      signal: stop.signal,
      onProgress: ({ done }) => {
        if (done === 2) stop.abort(new Error('Enough'));
      },
    });
    await expect(interrupted).rejects.toThrow('Enough');
    expect(readdirSync(options.directory).sort()).toEqual(['harbour-2024-02-01.json', 'harbour-2024-02-01.zip']);
    const latest = await openLatestDataset(options.directory);
    expect(latest?.facts).toEqual(former);
    await latest?.file.close();
  });

  test('what a killed process left is removed by the next', async () => {
    const options = await collectionOf();
    await createDataset(options);
    writeFileSync(join(options.directory, 'harbour-2023-01-01.zip.partial'), 'half');
    await createDataset(options);
    expect(readdirSync(options.directory).sort()).toEqual(['harbour-2024-03-01.json', 'harbour-2024-03-01.zip']);
  });

  test('a zip without facts is no dataset; nor are facts whose zip is another', async () => {
    const options = await collectionOf();
    await createDataset({ ...options, clock: () => new Date('2024-02-01T00:00:00Z') });
    const newer = await createDataset(options);
    writeFileSync(join(options.directory, newer.filename), 'cut off');
    writeFileSync(join(options.directory, 'harbour-2024-04-01.zip'), 'no facts');
    writeFileSync(join(options.directory, 'harbour-2024-05-01.json'), '{"filename":"../../etc/passwd.zip"}');
    const latest = await openLatestDataset(options.directory);
    expect(latest?.facts.filename).toBe('harbour-2024-02-01.zip');
    await latest?.file.close();
  });

  test('no versions, no dataset', async () => {
    const options = await collectionOf([{ message: 'Nothing', set: { 'README.md': '' } }]);
    await expect(createDataset(options)).rejects.toThrow(/no versions in .*versions yet/);
    expect(readdirSync(options.directory)).toEqual([]);
  });

  test('a repository that lost a version is named, with the next step', async () => {
    const options = await collectionOf();
    const other = makeHistory(join(await temporaryDirectory(), 'other'));
    addCommits(other, { message: 'Other', set: { 'README.md': '' } });
    await expect(createDataset({ ...options, versionsDirectory: other })).rejects.toThrow(
      /does not hold version .*git fsck/,
    );
    expect(readdirSync(options.directory)).toEqual([]);
  });

  test('too little room on the disk', async () => {
    const options = await collectionOf();
    await expect(createDataset({ ...options, diskFloor: Number.MAX_SAFE_INTEGER })).rejects.toThrow(
      /stops writing below/,
    );
    expect(readdirSync(options.directory)).toEqual([]);
  });

  test('two at the same time: the second is refused', async () => {
    const options = await collectionOf();
    const lock = acquireWriterLock(join(options.indexFile, '..', 'dataset.lock'), { owner: thisProcess('dataset') });
    await expect(createDataset(options)).rejects.toThrow(/in use by "clausewatch dataset"/);
    lock.release();
    expect(existsSync(join(options.directory, 'harbour-2024-03-01.zip'))).toBe(false);
  });
});
