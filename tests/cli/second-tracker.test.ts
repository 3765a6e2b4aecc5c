import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { thisProcess } from '../../archive/ledger/lock-owner.ts';
import { acquireWriterLock } from '../../archive/ledger/writer-lock.ts';
import { clausewatch, makeCollection } from '../helpers/program.ts';

test.each(['track', 'start'])('%s ends with 1 and names who holds the archive', async (command) => {
  const collection = await makeCollection({
    Example: { 'Terms of Service': { fetch: 'https://service.example/terms', select: 'main' } },
  });
  const lock = acquireWriterLock(join(collection, 'data', 'tracker.lock'), { owner: thisProcess('upgrade') });
  onTestFinished(() => lock.release());
  const { code, stderr } = await clausewatch([command, '--collection', collection]);
  expect(code, stderr).toBe(1);
  expect(stderr).toContain(`in use by "clausewatch upgrade" (process ${process.pid}`);
  expect(stderr).toContain('--data');
});

test('a rehearsal without records says so, and where it looked', async () => {
  const collection = await makeCollection({
    Example: { 'Terms of Service': { fetch: 'https://service.example/terms', select: 'main' } },
  });
  const data = join(collection, 'elsewhere');
  const { code, stderr } = await clausewatch(['upgrade', '--dry-run', '--collection', collection, '--data', data]);
  expect(code).toBe(0);
  expect(stderr).toContain(`there are no records in ${join(data, 'versions')}`);
  expect(stderr).toContain('--data');
});
