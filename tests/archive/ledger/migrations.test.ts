import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { INDEXES } from '../../../archive/ledger/indexes.ts';
import { openLedger } from '../../../archive/ledger/ledger.ts';
import { MIGRATIONS, migrate, SCHEMA_VERSION } from '../../../archive/ledger/migrations.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const ledgerFile = async (): Promise<string> => join(await temporaryDirectory(), 'ledger.sqlite');
const versionOf = (database: DatabaseSync): unknown => database.prepare('PRAGMA user_version').get()?.user_version;
const schemaOf = (database: DatabaseSync): unknown =>
  database.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();

function newest({ withIndexes = true } = {}): unknown {
  const database = new DatabaseSync(':memory:');
  migrate(database, ':memory:');
  if (withIndexes) database.exec(INDEXES);
  return schemaOf(database);
}

/** Every schema that a ledger may have been left with; 0 is a file that SQLite made and nobody filled. */
test.each(MIGRATIONS.map((_, version) => version))('a ledger of schema %i becomes one of today', async (version) => {
  const file = await ledgerFile();
  const old = new DatabaseSync(file);
  migrate(old, file, MIGRATIONS.slice(0, version));
  // Makes SQLite write the file, also where there is no table yet.
  old.exec('VACUUM');
  expect(versionOf(old)).toBe(version);
  old.close();
  expect(() => openLedger(file, { readOnly: true })).toThrow(expect.objectContaining({ reason: 'older' }));
  openLedger(file).close();
  const migrated = new DatabaseSync(file);
  expect(versionOf(migrated)).toBe(SCHEMA_VERSION);
  expect(schemaOf(migrated)).toEqual(newest());
  migrated.close();
});

test('an empty file becomes a ledger', async () => {
  const file = await ledgerFile();
  await writeFile(file, '');
  openLedger(file).close();
  const database = new DatabaseSync(file);
  expect(schemaOf(database)).toEqual(newest());
  database.close();
});

test('entries survive a further step', async () => {
  const file = await ledgerFile();
  const ledger = openLedger(file);
  const run = { kind: 'track', startedAt: new Date(0), engineVersion: 'clausewatch/0', services: 1, terms: 1 };
  const runId = ledger.startRun(run);
  ledger.endRun({ runId, endedAt: new Date(1), status: 'completed', counts: {} });
  ledger.close();
  const database = new DatabaseSync(file);
  migrate(database, file, [...MIGRATIONS, 'ALTER TABLE runs ADD COLUMN note TEXT']);
  expect(versionOf(database)).toBe(SCHEMA_VERSION + 1);
  expect(database.prepare('SELECT id, status, note FROM runs').all()).toEqual([
    { id: runId, status: 'completed', note: null },
  ]);
  database.close();
  expect(() => openLedger(file)).toThrow('was made by a newer Clausewatch');
  expect(() => openLedger(file, { readOnly: true })).toThrow(expect.objectContaining({ reason: 'newer' }));
});

test('a step that fails leaves the ledger at the schema before it', async () => {
  const file = await ledgerFile();
  const database = new DatabaseSync(file);
  expect(() => migrate(database, file, [...MIGRATIONS, 'CREATE TABLE more (id); SELECT no_such_column'])).toThrow();
  expect(versionOf(database)).toBe(SCHEMA_VERSION);
  expect(schemaOf(database)).toEqual(newest({ withIndexes: false }));
  database.close();
});

test('a file that is no SQLite, and one of another program, are refused and left as they are', async () => {
  const file = await ledgerFile();
  const noise = Buffer.from('These are not the checks that you are looking for. '.repeat(200));
  await writeFile(file, noise);
  for (const readOnly of [true, false]) {
    expect(() => (readOnly ? openLedger(file, { readOnly }) : openLedger(file))).toThrow(
      expect.objectContaining({
        reason: 'corrupt',
        message: expect.stringMatching(/ledger\.sqlite.*clausewatch restore/),
      }),
    );
  }
  expect(await readFile(file)).toEqual(noise);

  const other = `${file}.other`;
  const database = new DatabaseSync(other);
  database.exec('CREATE TABLE bookmarks (url)');
  database.close();
  const before = await readFile(other);
  expect(() => openLedger(other)).toThrow(expect.objectContaining({ reason: 'not-a-ledger' }));
  expect(await readFile(other)).toEqual(before);
});

test('damage inside the file is named when it is met, and looked for after a run that did not end', async () => {
  const file = await ledgerFile();
  const ledger = openLedger(file);
  const run = { kind: 'track', startedAt: new Date(0), engineVersion: 'clausewatch/0', services: 1, terms: 1 };
  const runId = ledger.startRun(run);
  for (let number = 0; number < 2_000; number++) {
    const facts = { runId, serviceId: 'S', termsType: 'T', location: 'https://s.example/', attempt: 1, durationMs: 1 };
    ledger.recordCheck({ ...facts, date: new Date(number), outcome: 'unchanged', snapshotId: 'a'.repeat(40) });
  }
  ledger.close();
  const bytes = await readFile(file);
  // Everything behind the schema's first pages, so that the file still opens.
  bytes.fill(0x5a, bytes.length / 2);
  await writeFile(file, bytes);
  expect(() => openLedger(file)).toThrow(expect.objectContaining({ reason: 'corrupt' }));
  expect(await readFile(file)).toEqual(bytes);
  const reader = openLedger(file, { readOnly: true });
  expect(() => reader.checksBetween({ since: new Date(0), until: new Date(9e9), limit: 9_999 })).toThrow(
    expect.objectContaining({ reason: 'corrupt' }),
  );
  reader.close();
});
