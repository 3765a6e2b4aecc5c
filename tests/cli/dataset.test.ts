import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { loadConfiguredServer } from '../../cli/configured-collections.ts';
import { scheduleDatasets } from '../../cli/dataset-on-schedule.ts';
import { addCommits, makeHistory } from '../helpers/history.ts';
import { startProgram } from '../helpers/program.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

/** A collection with one version in `data/`, and this configuration of its engine. */
async function collectionOf(dataset: object = {}): Promise<string> {
  const directory = await temporaryDirectory();
  mkdirSync(join(directory, 'declarations'));
  mkdirSync(join(directory, 'config'));
  writeFileSync(
    join(directory, 'metadata.yml'),
    'id: harbour\nname: Harbour\ntagline: Boats\nlanguages: [en]\njurisdictions: [EU]\n',
  );
  writeFileSync(join(directory, 'config', 'default.json'), JSON.stringify({ '@opentermsarchive/engine': { dataset } }));
  const versions = makeHistory(join(directory, 'data', 'versions'));
  addCommits(versions, {
    message: 'First record of Larkmail Terms of Service',
    set: { 'Larkmail/Terms of Service.md': 'One' },
  });
  return directory;
}

const today = new Date().toISOString().slice(0, 10);

/** As long as the day has not changed meanwhile. */
const asToday = (text: string): string => text.replaceAll(today, 'TODAY');

test('makes the dataset of a collection where the server finds it, and says what is in it', async () => {
  const directory = await collectionOf({ title: 'All harbours', license: 'ODbL-1.0' });
  const { code, stdout } = await startProgram(['dataset', '--collection', directory, '--json']).ended;
  expect(code).toBe(0);
  const { sha256, size, releaseDate, ...facts } = JSON.parse(asToday(stdout));
  expect(facts).toEqual({
    kind: 'dataset',
    collection: 'harbour',
    file: join(directory, 'data', 'datasets', 'harbour-TODAY.zip'),
    filename: 'harbour-TODAY.zip',
    title: 'All harbours',
    license: 'ODbL-1.0',
    firstVersionDate: '2020-09-13T12:26:40Z',
    lastVersionDate: '2020-09-13T12:26:40Z',
    servicesCount: 1,
    termsCount: 1,
    versionsCount: 1,
  });
  expect([sha256, size, releaseDate]).toEqual([expect.any(String), expect.any(Number), expect.any(String)]);
});

test('elsewhere, with a word about a licence that nobody named', async () => {
  const directory = await collectionOf();
  const output = join(directory, 'elsewhere');
  const { code, stdout, stderr } = await startProgram(['dataset', '--collection', directory, '--output', output]).ended;
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /harbour-[\d-]+\.zip: 1 version of 1 terms of 1 service, .*licence NOASSERTION\n {2}SHA-256 [0-9a-f]{64}\n/,
  );
  expect(stderr).toContain('CLAUSEWATCH_DATASET_LICENSE');
  expect(readdirSync(output).map(asToday).sort()).toEqual(['harbour-TODAY.json', 'harbour-TODAY.zip']);
});

test('without records it fails and says why', async () => {
  const directory = await temporaryDirectory();
  const { code, stderr } = await startProgram(['dataset', '--collection', directory]).ended;
  expect(code).toBe(1);
  expect(stderr).toContain(join(directory, 'data', 'versions'));
});

test('an unknown collection is named beside those that there are', async () => {
  const directory = await collectionOf();
  const { code, stderr } = await startProgram(['dataset', 'other', '--collection', directory]).ended;
  expect(code).toBe(1);
  expect(stderr).toContain('There is no collection other; there is harbour.');
});

test('a server makes datasets by the schedule of OTA’s configuration, and gives up one in progress when it stops', async () => {
  const directory = await collectionOf({ publishingSchedule: '* * * * * *' });
  const configured = await loadConfiguredServer({ collection: directory });
  const lines: string[] = [];
  const note = (_facts: unknown, message: string): number => lines.push(message);
  const log = { info: note, warn: note, error: note } as unknown as Parameters<typeof scheduleDatasets>[1];
  const schedules = await scheduleDatasets(configured, log);
  const facts = join(directory, 'data', 'datasets', `harbour-${today}.json`);
  for (let tries = 0; !lines.includes('dataset made') && tries < 2_000; tries++) await delay(20);
  await schedules.stop();
  expect(lines[0]).toBe('datasets scheduled');
  expect(lines).toContain('dataset made');
  expect(JSON.parse(readFileSync(facts, 'utf8'))).toMatchObject({ title: 'Harbour', versionsCount: 1 });
  const count = lines.length;
  await delay(1500);
  expect(lines).toHaveLength(count);
  expect(readdirSync(join(directory, 'data', 'datasets')).filter((file) => file.endsWith('.partial'))).toEqual([]);
});

test('without a schedule none is made', async () => {
  const directory = await collectionOf();
  const lines: unknown[] = [];
  const note = (...line: unknown[]): number => lines.push(line);
  const log = { info: note, warn: note, error: note } as unknown as Parameters<typeof scheduleDatasets>[1];
  await (await scheduleDatasets(await loadConfiguredServer({ collection: directory }), log)).stop();
  expect(lines).toEqual([]);
});
