import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { create, extract } from 'tar';
import { describe, expect, test } from 'vitest';
import { backup } from '../../../archive/ledger/backup/backup.ts';
import type { BackupPart } from '../../../archive/ledger/backup/part.ts';
import { restore } from '../../../archive/ledger/backup/restore.ts';
import { openLedger } from '../../../archive/ledger/ledger.ts';
import { startProcess } from '../../helpers/child-process.ts';
import { git, makeRepository } from '../../helpers/repository.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const WRITE_CHECKS = join(import.meta.dirname, 'processes', 'write-checks.ts');
const HOLD_LOCK = join(import.meta.dirname, 'processes', 'hold-lock.ts');
const engineVersion = 'clausewatch/0';
const run = { kind: 'track', startedAt: new Date(0), engineVersion, services: 1, terms: 1 };

const partsIn = (directory: string): BackupPart[] => [
  { name: 'ledger', kind: 'sqlite', path: join(directory, 'ledger.sqlite') },
  { name: 'versions', kind: 'git', path: join(directory, 'versions') },
  { name: 'snapshots', kind: 'git', path: join(directory, 'snapshots') },
];

/** A folder with data of every kind, and the name for a backup beside it. */
async function someData(): Promise<{ base: string; data: string; parts: BackupPart[]; file: string }> {
  const base = await temporaryDirectory();
  const data = join(base, 'data');
  const ledger = openLedger(join(data, 'ledger.sqlite'));
  ledger.startRun(run);
  ledger.close();
  makeRepository(join(data, 'versions'), { 'Brass & Co/Terms of Service.md': 'One\n' });
  makeRepository(join(data, 'snapshots'), {});
  return { base, data, parts: partsIn(data), file: join(base, 'backup.tar.gz') };
}

const restoreInto = (directory: string, file: string, options: { force?: boolean; clock?: () => Date } = {}) =>
  restore({ file, parts: partsIn(directory), lockFile: join(directory, 'tracker.lock'), ...options });

test('everything comes back on an empty machine', async () => {
  const { base, data, parts, file } = await someData();
  const steps: string[] = [];
  const made = await backup({
    file,
    parts,
    engineVersion,
    onStep: ({ part, action }) => steps.push(`${action} ${part}`),
  });
  expect(made.parts.map(({ name, file: packed }) => [name, packed !== undefined])).toEqual([
    ['ledger', true],
    ['versions', true],
    ['snapshots', false],
  ]);
  expect(steps).toEqual(['copying ledger', 'copying versions', 'copying snapshots', 'packing all parts']);
  expect(readdirSync(base).sort()).toEqual(['backup.tar.gz', 'data']);

  const fresh = join(base, 'fresh');
  const { restored, movedAside } = await restoreInto(fresh, file);
  expect(restored).toEqual(partsIn(fresh).map(({ path }) => path));
  expect(movedAside).toEqual([]);
  expect(readdirSync(fresh).sort()).toEqual(['ledger.sqlite', 'snapshots', 'tracker.lock', 'versions']);
  const head = (directory: string): string => git(join(directory, 'versions'), 'rev-parse', 'HEAD');
  expect(head(fresh)).toBe(head(data));
  const ledger = openLedger(join(fresh, 'ledger.sqlite'));
  expect(ledger.lastRun()).toMatchObject({ id: 1, status: 'interrupted' });
  ledger.close();
});

test.skipIf(process.getuid?.() !== 0)(
  'what root restores belongs to the owner of the folder that it is restored into (only root can hand it over)',
  async () => {
    const { base, parts, file } = await someData();
    await backup({ file, parts, engineVersion });
    for (const folder of ['there', 'not-there-yet']) {
      const directory = join(base, folder, 'data');
      mkdirSync(join(base, folder));
      if (folder === 'there') mkdirSync(directory);
      chownSync(folder === 'there' ? directory : join(base, folder), 12_345, 12_346);
      await restoreInto(directory, file);
      const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
      expect(names).toContain('ledger.sqlite');
      expect(names).toContain(join('versions', '.git', 'HEAD'));
      const others = names.filter((name) => {
        const { uid, gid } = lstatSync(join(directory, name));
        return uid !== 12_345 || gid !== 12_346;
      });
      expect(others).toEqual([]);
      expect(lstatSync(directory).uid).toBe(12_345);
    }
  },
);

test('a backup made while a tracker writes is whole and holds all that was acknowledged before', async () => {
  const base = await temporaryDirectory();
  const ledgerFile = join(base, 'ledger.sqlite');
  const writer = startProcess(WRITE_CHECKS, [ledgerFile]);
  const acknowledged: string[] = [];
  while (acknowledged.length < 200) acknowledged.push(String((await writer.lines.next()).value));
  const file = join(base, 'backup.tar.gz');
  await backup({ file, parts: partsIn(base).slice(0, 1), engineVersion });
  expect(writer.child.exitCode).toBeNull();
  await writer.kill();
  await restoreInto(join(base, 'fresh'), file);
  const database = new DatabaseSync(join(base, 'fresh', 'ledger.sqlite'));
  const noted = new Set(
    database
      .prepare('SELECT snapshot_id FROM checks')
      .all()
      .map((row) => row.snapshot_id),
  );
  database.close();
  expect(acknowledged.filter((id) => !noted.has(id))).toEqual([]);
}, 240_000);

test('data that is there is listed and left alone, or moved aside when told to', async () => {
  const { data, parts, file } = await someData();
  await backup({ file, parts, engineVersion });
  writeFileSync(join(data, 'versions', 'a note of mine'), 'keep');
  const refusal = await restoreInto(data, file).catch((error: Error) => error.message);
  expect(refusal).toMatch(/^There is data already:\n.*Nothing was changed\. With --force/s);
  for (const { path } of parts) expect(refusal).toContain(`\n  ${path}\n`);
  expect(existsSync(join(data, 'versions', 'a note of mine'))).toBe(true);

  const { movedAside } = await restoreInto(data, file, {
    force: true,
    clock: () => new Date('2026-03-01T10:00:00.5Z'),
  });
  const ending = '.before-restore-2026-03-01T10-00-00-500Z';
  expect(movedAside).toEqual(expect.arrayContaining(parts.map(({ path }) => `${path}${ending}`)));
  expect(readFileSync(join(data, `versions${ending}`, 'a note of mine'), 'utf8')).toBe('keep');
  expect(existsSync(join(data, 'versions', 'a note of mine'))).toBe(false);
  expect(readdirSync(data).filter((name) => name.includes('restoring'))).toEqual([]);
});

test('a damaged ledger can be replaced, with its log moved along', async () => {
  const { data, parts, file } = await someData();
  await backup({ file, parts: parts.slice(0, 1), engineVersion });
  writeFileSync(join(data, 'ledger.sqlite'), 'damaged');
  writeFileSync(join(data, 'ledger.sqlite-wal'), 'of the damaged one');
  const { movedAside } = await restoreInto(data, file, { force: true });
  const aside = movedAside.find((path) => path.endsWith('-wal'));
  expect(aside).toMatch(/ledger\.sqlite\.before-restore-.*-wal$/);
  expect(readFileSync(String(aside), 'utf8')).toBe('of the damaged one');
  const ledger = openLedger(join(data, 'ledger.sqlite'));
  expect(ledger.counts().runs).toBe(1);
  ledger.close();
});

test('nothing is restored while a tracker works', async () => {
  const { base, parts, file } = await someData();
  await backup({ file, parts, engineVersion });
  const fresh = join(base, 'fresh');
  mkdirSync(fresh);
  const tracker = startProcess(HOLD_LOCK, [join(fresh, 'tracker.lock')]);
  await tracker.lines.next();
  await expect(restoreInto(fresh, file)).rejects.toThrow(`process ${tracker.child.pid}`);
  expect(readdirSync(fresh)).toEqual(['tracker.lock']);
});

test('a backup is refused where there is none to make, where the file exists, and where the ledger is damaged', async () => {
  const { base, data, parts, file } = await someData();
  await expect(backup({ file, parts: partsIn(join(base, 'no')), engineVersion })).rejects.toThrow('nothing to back up');
  writeFileSync(file, 'another');
  await expect(backup({ file, parts, engineVersion })).rejects.toThrow('exists. Name another file');
  writeFileSync(join(data, 'ledger.sqlite'), 'damaged '.repeat(1_000));
  await expect(backup({ file, parts, engineVersion, force: true })).rejects.toThrow('No backup was made');
  expect(readFileSync(file, 'utf8')).toBe('another');
  expect(readdirSync(base).sort()).toEqual(['backup.tar.gz', 'data']);
});

describe('a file that is not as it was made is refused, and nothing is put in place', () => {
  const manifestOf = (directory: string) => JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));
  const writeManifest = (directory: string, manifest: unknown): void =>
    writeFileSync(join(directory, 'manifest.json'), JSON.stringify(manifest));

  test.each<[string, string, (directory: string) => string[] | undefined]>([
    [
      'a changed byte',
      'is damaged (its checksum differs)',
      (directory) => {
        const path = join(directory, 'ledger.sqlite');
        const bytes = readFileSync(path);
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        writeFileSync(path, bytes);
        return undefined;
      },
    ],
    [
      'another length',
      'bytes, not',
      (directory) => {
        writeFileSync(join(directory, 'ledger.sqlite'), 'short');
        return undefined;
      },
    ],
    ['a missing part', 'it ends before versions.bundle', () => ['manifest.json', 'ledger.sqlite']],
    ['no manifest', 'does not begin with a manifest', () => ['ledger.sqlite']],
    [
      'a further file',
      'knows nothing of “extra”',
      (directory) => {
        writeFileSync(join(directory, 'extra'), '');
        return ['manifest.json', 'extra'];
      },
    ],
    [
      'a folder',
      'it holds a Directory',
      (directory) => {
        mkdirSync(join(directory, 'folder'));
        return ['manifest.json', 'folder'];
      },
    ],
    [
      'a path out of the folder',
      'knows nothing of “../outside”',
      (directory) => {
        writeFileSync(join(directory, '..', 'outside'), 'x');
        return ['manifest.json', '../outside'];
      },
    ],
    [
      'such a path in the manifest',
      'no backup of Clausewatch',
      (directory) => {
        const manifest = manifestOf(directory);
        manifest.parts[0].file.name = '../../ledger.sqlite';
        writeManifest(directory, manifest);
        return undefined;
      },
    ],
    [
      'an unknown part',
      'holds “secrets” (sqlite)',
      (directory) => {
        const manifest = manifestOf(directory);
        manifest.parts[0].name = 'secrets';
        writeManifest(directory, manifest);
        return undefined;
      },
    ],
    [
      'a newer format',
      'made by a newer Clausewatch (format 2)',
      (directory) => {
        writeManifest(directory, { ...manifestOf(directory), formatVersion: 2 });
        return undefined;
      },
    ],
  ])('%s', async (_, message, tamper) => {
    const { base, parts, file } = await someData();
    await backup({ file, parts, engineVersion });
    const opened = join(base, 'opened');
    mkdirSync(opened);
    await extract({ file, cwd: opened });
    const names = tamper(opened) ?? ['manifest.json', 'ledger.sqlite', 'versions.bundle'];
    await create({ file, cwd: opened, gzip: true, preservePaths: true }, names);
    const fresh = join(base, 'fresh');
    await expect(restoreInto(fresh, file)).rejects.toThrow(message);
    expect(readdirSync(fresh)).toEqual(['tracker.lock']);
  });

  test('a link', async () => {
    const { base, parts, file } = await someData();
    await backup({ file, parts, engineVersion });
    const opened = join(base, 'opened');
    mkdirSync(opened);
    await extract({ file, cwd: opened });
    rmSync(join(opened, 'ledger.sqlite'));
    symlinkSync('/etc/hostname', join(opened, 'ledger.sqlite'));
    await create({ file, cwd: opened, gzip: true }, ['manifest.json', 'ledger.sqlite']);
    await expect(restoreInto(join(base, 'fresh'), file)).rejects.toThrow('it holds a SymbolicLink');
  });

  test.each([
    ['noise', Buffer.from('not a tar at all, '.repeat(100))],
    ['an empty file', Buffer.alloc(0)],
  ])('%s', async (_, content) => {
    const { base, file } = await someData();
    writeFileSync(file, content);
    await expect(restoreInto(join(base, 'fresh'), file)).rejects.toThrow(`${file} cannot be restored`);
  });

  test('a file cut short', async () => {
    const { base, parts, file } = await someData();
    await backup({ file, parts, engineVersion });
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, bytes.length / 2));
    await expect(restoreInto(join(base, 'fresh'), file)).rejects.toThrow(`${file} cannot be restored`);
    expect(readdirSync(join(base, 'fresh'))).toEqual(['tracker.lock']);
  });
});
