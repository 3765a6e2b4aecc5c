import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { followIndex } from '../../archive/index/follow/follow-index.ts';
import { archiveOfRecords } from '../helpers/archive-of-records.ts';
import { clausewatch, jsonLines } from '../helpers/program.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const TERMS = ['Larkmail', 'Terms of Service'] as const;
const fees = (amount: string): string =>
  `# Fees\n\nA subscription costs ${amount} a month, and the fees are due on the first day of each month.\n\n` +
  'You may cancel the subscription at any time by writing to our customer service.\n';

/** Three services: one that changed its fees and took that back, one that changed markup, one that did nothing. */
async function threeServices() {
  const data = await temporaryDirectory();
  const archive = await archiveOfRecords(data);
  const larkmail = await archive.record(...TERMS, fees('€ 5'), fees('€ 9'), fees('€ 5'));
  const wrenbank = await archive.record('Wrenbank', 'Privacy Policy', 'We keep *no* data.', 'We keep **no** data.');
  await archive.record('Finchtube', 'Terms of Service', 'These terms are short and stay as they are.');
  await archive.close();
  const changes = (...args: readonly string[]) =>
    clausewatch(['changes', '--collection', data, '--data', data, ...args]);
  return { data, archive, larkmail, wrenbank, changes };
}

const RAISE = { class: 'text', state: 'ok', alert: true, topics: expect.arrayContaining(['money/fees']), undoes: [] };

describe('of a collection', () => {
  test('lists each change oldest first, and makes the index for it', async () => {
    const { larkmail, wrenbank, changes } = await threeServices();
    const { code, stdout } = await changes('--json');
    expect(code).toBe(0);
    const terms = { serviceId: 'Larkmail', termsType: 'Terms of Service', path: 'Larkmail/Terms of Service.md' };
    expect(jsonLines(stdout)).toMatchObject([
      { ...terms, ...RAISE, commit: larkmail[1], technicalUpgrade: false, note: null },
      { ...terms, class: 'text', state: 'return', alert: false, commit: larkmail[2], undoes: [larkmail[1]] },
      { serviceId: 'Wrenbank', class: 'formatting', alert: false, commit: wrenbank[1] },
    ]);
  });

  test('each filter leaves as many of the index as of the bare repository', async () => {
    const { archive, changes } = await threeServices();
    for (const [args, count] of [
      [['--alerts'], 2],
      [['--service', 'Wrenbank'], 1],
      [['--services', 'Larkmail', '--type', 'Terms of Service'], 2],
      [['--type', 'Privacy Policy'], 1],
      [['--since', '2026-01-01T00:02:00Z'], 2],
      [['--until', '2026-01-01T00:02:00Z'], 1],
      [['--class', 'formatting,links'], 1],
      [['--topic', 'money/fees', '--alerts'], 2],
      [['--topic', 'disputes/arbitration'], 0],
    ] as const) {
      const [own, bare] = await Promise.all([
        changes('--json', ...args),
        clausewatch(['changes', '--repository', archive.versionsDirectory, '--json', ...args]),
      ]);
      expect([jsonLines(own.stdout).length, jsonLines(bare.stdout).length], args.join(' ')).toEqual([count, count]);
    }
  }, 120_000);

  test('says the same as over the bare repository', async () => {
    const { archive, changes } = await threeServices();
    const own = jsonLines((await changes('--json')).stdout);
    const bare = jsonLines(
      (await clausewatch(['changes', '--repository', archive.versionsDirectory, '--json'])).stdout,
    );
    expect(own).toHaveLength(3);
    for (const [at, change] of own.entries()) expect(change).toMatchObject(bare[at] ?? { commit: 'none' });
  });

  test('explains one change with its reasons and its redline', async () => {
    const { larkmail, changes } = await threeServices();
    const { code, stdout } = await changes('--explain', (larkmail[1] ?? '').slice(0, 9));
    expect(code).toBe(0);
    expect(stdout).toContain(`2026-01-01T00:01:00.000Z as ${larkmail[1]}`);
    expect(stdout).toContain(`2026-01-01T00:00:00.000Z as ${larkmail[0]}`);
    expect(stdout).toContain('text · ALERT');
    expect(stdout).toContain('[-5-]{+9+}');
    const undone = await changes('--explain', larkmail[2] ?? '');
    expect(undone.stdout).toContain(`undoes     ${larkmail[1]}`);
    expect(undone.stdout).toContain('same words as the version of');
  });

  test('names what it cannot explain, and the next step', async () => {
    const { larkmail, changes } = await threeServices();
    const first = await changes('--explain', larkmail[0] ?? '');
    expect(first).toMatchObject({ code: 1, stderr: expect.stringContaining('is no change: it is the first') });
    const unknown = await changes('--explain', 'f'.repeat(40));
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no change with the id fff') });
  });

  test('reads the index of a server that keeps it', async () => {
    const { archive, changes } = await threeServices();
    const follower = await followIndex(archive);
    onTestFinished(() => follower.close());
    await follower.caughtUp();
    const { code, stdout } = await changes('--json');
    expect(code).toBe(0);
    expect(jsonLines(stdout)).toHaveLength(3);
  });
});

test.each([
  [['--class', 'texts'], 'There is no texts; there is none, formatting, links'],
  [['--topic', 'money'], 'There is no money; there is disputes/arbitration'],
  [['--since', 'yesterday'], 'Expected a date such as 2024-03-01'],
  [['--repository', '.', '--data', '.'], "option '--repository <dir>' cannot be used with option '--data <dir>'"],
] as const)('%j is not understood', async (args, message) => {
  const { code, stderr } = await clausewatch(['changes', ...args]);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test('a folder without a repository is named', async () => {
  const folder = await temporaryDirectory();
  const { code, stderr } = await clausewatch(['changes', '--repository', folder]);
  expect(code).toBe(1);
  expect(stderr).toContain(`${folder} is no git repository`);
});

test('merges the collections of a configuration by date', async () => {
  const folder = await temporaryDirectory();
  for (const id of ['one', 'two']) {
    const archive = await archiveOfRecords(join(folder, id));
    await archive.record(...TERMS, fees('€ 5'), fees('€ 6'), fees('€ 7'));
    await archive.close();
  }
  const file = join(folder, 'collections.yml');
  await writeFile(file, 'collections:\n  one: { versions: one/versions }\n  two: { versions: two/versions }\n');
  const { stdout } = await clausewatch(['changes', '--configuration', file, '--json']);
  expect(jsonLines(stdout).map(({ collection }) => collection)).toEqual(['one', 'two', 'one', 'two']);
  const two = await clausewatch(['changes', 'two', '--configuration', file, '--json']);
  expect(jsonLines(two.stdout).map(({ collection }) => collection)).toEqual(['two', 'two']);
});
