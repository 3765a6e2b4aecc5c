import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfiguration } from '../../../archive/declarations/configuration.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'clausewatch-configuration-'));
  await mkdir(join(directory, 'config'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const write = (name: string, engine: unknown): Promise<void> =>
  writeFile(
    join(directory, 'config', name),
    typeof engine === 'string' ? engine : JSON.stringify({ '@opentermsarchive/engine': engine, other: { a: 1 } }),
  );

const values = async (environment?: string): Promise<Record<string, unknown>> =>
  Object.fromEntries(
    [...(await loadConfiguration(directory, environment)).configuration].map(([key, { value, file }]) => [
      key,
      [value, file.replace('config/', '')],
    ]),
  );

test('default, environment, local: objects are merged, everything else is replaced', async () => {
  await write('default.json', { a: { b: 1, c: [1, 2], d: { e: 1 } }, s: 'x', gone: { deep: { er: 1 } }, empty: {} });
  await write('production.json', { a: { c: [3], d: {} }, s: { now: 'an object' }, gone: 'a text', empty: null });
  await write('local.json', { a: { b: 2 } });
  await write('test.json', { a: { b: 3 } });
  expect(await values()).toEqual({
    'a.b': [2, 'local.json'],
    'a.c': [[3], 'production.json'],
    'a.d.e': [1, 'default.json'],
    's.now': ['an object', 'production.json'],
    gone: ['a text', 'production.json'],
    empty: [null, 'production.json'],
  });
  expect((await values('test'))['a.b']).toEqual([2, 'local.json']);
});

test('the environment’s own file, and its local one', async () => {
  await write('staging.json', { a: 1, b: 1 });
  await write('local-staging.json', { b: 2 });
  await write('production.json', { a: 9 });
  expect(await values('staging')).toEqual({ a: [1, 'staging.json'], b: [2, 'local-staging.json'] });
});

test('no folder, or no such key, is an empty configuration', async () => {
  await write('production.json', '{"other": 1}');
  expect((await loadConfiguration(directory)).configuration.size).toBe(0);
  expect(await loadConfiguration(join(directory, 'none'))).toEqual({ configuration: new Map(), faults: [] });
});

test('a broken file is a fault, and the others count', async () => {
  await write('default.json', '{"@opentermsarchive/engine": {"a": 1,}}');
  await write('production.json', { b: 1 });
  await write('local.json', 'not an object');
  await writeFile(join(directory, 'config', 'local-production.json'), '{"@opentermsarchive/engine": 3}');
  const { configuration, faults } = await loadConfiguration(directory);
  expect([...configuration.keys()]).toEqual(['b']);
  expect(faults.map(({ file, path, message }) => [file, path, message.slice(0, 30)])).toEqual([
    ['config/default.json', '', 'not JSON, at line 1, column 38'],
    ['config/local.json', '', 'not JSON, at line 1, column 1:'],
    ['config/local-production.json', '["@opentermsarchive/engine"]', 'is the number 3; expected an o'],
  ]);
});
