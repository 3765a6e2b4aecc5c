import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addCommits, makeHistory } from '../helpers/history.ts';
import { clausewatch, jsonLines, type Said, startProgram } from '../helpers/program.ts';
import { git } from '../helpers/repository.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

// `changes --repository DIR --json` is how others judge this analysis, on archives of theirs.

const FILE = 'Larkmail/Terms of Service.md';
const DAY = 86_400;
const START = 1_600_000_000;
const terms = (sentence: string): string =>
  `# Terms\n\nThese terms govern how you use the service of Larkmail and what we owe to each other.\n\n${sentence}\n`;
const changes = (directory: string): Promise<Said> => clausewatch(['changes', '--repository', directory, '--json']);

async function bare(): Promise<string> {
  return makeHistory(join(await temporaryDirectory(), 'versions.git'));
}

/** First record, a change of the words, one of the markup, one of a technical upgrade. */
async function fourRecords(): Promise<{ readonly directory: string; readonly commits: readonly string[] }> {
  const directory = await bare();
  const record = (message: string, day: number, sentence: string) => ({
    message,
    date: START + day * DAY,
    set: { [FILE]: terms(sentence) },
  });
  const commits = addCommits(
    directory,
    record('First record of Larkmail Terms of Service', 0, 'You may leave within 28 days.'),
    record('Record new changes of Larkmail Terms of Service', 1, 'You may leave within 90 days.'),
    record('Record new changes of Larkmail Terms of Service', 2, 'You may **leave** within 90 days.'),
    record('Refilter Larkmail Terms of Service', 3, 'You may leave, after paying a fee, within 90 days.'),
  );
  return { directory, commits };
}

/** Every file below a folder: path, size, time and content. */
function listing(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const { size, mtimeMs } = statSync(path);
      return `${path} ${size} ${mtimeMs} ${createHash('sha1').update(readFileSync(path)).digest('hex')}`;
    })
    .sort();
}

describe('the lines', () => {
  test('have the fields that were agreed on, oldest first', async () => {
    const { directory, commits } = await fourRecords();
    const { code, stdout, stderr } = await changes(directory);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = jsonLines(stdout);
    const day = (number: number): string => new Date((START + number * DAY) * 1000).toISOString();
    expect(lines).toMatchObject([
      {
        commit: commits[1],
        path: FILE,
        date: day(1),
        class: 'text',
        state: 'ok',
        alert: true,
        technicalUpgrade: false,
      },
      { commit: commits[2], date: day(2), class: 'formatting', alert: false, significance: 0, topics: [] },
      { commit: commits[3], date: day(3), class: 'text', alert: false, technicalUpgrade: true },
    ]);
    for (const line of lines) {
      expect(line).toMatchObject({ significance: expect.any(Number), topics: expect.any(Array) });
      expect(line.reasons).toEqual(expect.arrayContaining([expect.any(String)]));
    }
  });

  test('leave out first records, deletions and files at the root; a file that comes back goes on', async () => {
    const directory = await bare();
    const commits = addCommits(
      directory,
      { message: 'Add a licence', set: { LICENSE: 'Some words', 'README.md': 'One' } },
      { message: 'First record of Larkmail Terms of Service', set: { [FILE]: terms('One.') } },
      { message: 'Mend the README', set: { 'README.md': 'Two' } },
      { message: 'Remove what is not tracked', remove: [FILE] },
      { message: 'Record new changes of Larkmail Terms of Service', set: { [FILE]: terms('You may leave.') } },
    );
    expect(jsonLines((await changes(directory)).stdout)).toMatchObject([
      { commit: commits[4], path: FILE, class: 'text' },
    ]);
  });

  test('know a file by its path: renamed, it is another one', async () => {
    const directory = await bare();
    const renamed = 'Larkmail/Conditions.md';
    const commits = addCommits(
      directory,
      { message: 'First record of Larkmail Terms of Service', set: { [FILE]: terms('One.') } },
      { message: 'Rename', remove: [FILE], set: { [renamed]: terms('One.') } },
      { message: 'Record new changes of Larkmail Conditions', set: { [renamed]: terms('You may leave.') } },
    );
    expect(jsonLines((await changes(directory)).stdout)).toMatchObject([{ commit: commits[2], path: renamed }]);
  });

  test('tell the commits of both sides of a merge, and nothing of the merge', async () => {
    const directory = await bare();
    const [root = ''] = addCommits(directory, { message: 'First record of A', set: { 'A/x.md': terms('One.') } });
    const [side = ''] = addCommits(directory, {
      message: 'Record new changes of A',
      branch: 'side',
      parents: [root],
      set: { 'A/x.md': terms('You may leave.') },
    });
    const [main = ''] = addCommits(directory, { message: 'First record of B', set: { 'B/x.md': terms('One.') } });
    addCommits(directory, { message: 'Merge', parents: [main, side], set: { 'A/x.md': terms('You may leave.') } });
    expect(jsonLines((await changes(directory)).stdout)).toMatchObject([{ commit: side, path: 'A/x.md' }]);
  });

  test('take any path, subject and content', async () => {
    const directory = await bare();
    const paths = [
      'Zoë & "Söhne"/Términos, 服务 🐢.md',
      "O'Neil/<b>terms</b>.md",
      'a\\b/tab\there.md',
      'deep/er/than/usual.md',
    ];
    const set = (sentence: string): Record<string, string> =>
      Object.fromEntries(paths.map((path) => [path, `${sentence} \0 \u{FEFF} <script>alert(1)</script>`]));
    addCommits(
      directory,
      { message: 'whatever', set: set('We never share your data.') },
      { message: '', set: set('We always share your data.') },
    );
    const { code, stdout } = await changes(directory);
    expect(code).toBe(0);
    const lines = jsonLines(stdout);
    expect(lines.map(({ path }) => path).sort()).toEqual([...paths].sort());
    for (const line of lines) expect(line).toMatchObject({ class: 'text', alert: true, technicalUpgrade: false });
  });
});

describe('the repository', () => {
  test('is not written to, bare or not', async () => {
    const { directory } = await fourRecords();
    const clone = join(await temporaryDirectory(), 'clone');
    git(directory, 'clone', '--quiet', directory, clone);
    const expected = await changes(directory);
    for (const place of [directory, clone]) {
      const before = listing(place);
      expect(await changes(place)).toEqual(expected);
      expect(listing(place)).toEqual(before);
    }
  });

  test('may be shallow: what is there is compared', async () => {
    const { directory, commits } = await fourRecords();
    const clone = join(await temporaryDirectory(), 'clone');
    git(directory, 'clone', '--quiet', '--depth', '2', `file://${directory}`, clone);
    const { code, stdout } = await changes(clone);
    expect(code).toBe(0);
    expect(jsonLines(stdout)).toMatchObject([{ commit: commits[3], class: 'text', technicalUpgrade: true }]);
  });

  test('may be empty', async () => {
    expect(await changes(await bare())).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('may lack a content: its record is suspect, and the next one is compared with the one before', async () => {
    const { directory, commits } = await fourRecords();
    const tree = (blob: string): string =>
      execFileSync('git', ['-C', directory, 'mktree', '--missing'], {
        input: `100644 blob ${blob}\tTerms of Service.md\n`,
      })
        .toString()
        .trim();
    const above = (inner: string): string =>
      execFileSync('git', ['-C', directory, 'mktree'], { input: `040000 tree ${inner}\tLarkmail\n` })
        .toString()
        .trim();
    const lost = git(
      directory,
      'commit-tree',
      '-m',
      'Lost',
      '-p',
      commits[3] ?? '',
      above(tree('1'.repeat(40))),
    ).trim();
    const [last = ''] = [
      git(
        directory,
        'commit-tree',
        '-m',
        'Back',
        '-p',
        lost,
        git(directory, 'rev-parse', `${commits[0]}^{tree}`).trim(),
      ),
    ];
    git(directory, 'update-ref', 'refs/heads/main', last.trim());
    const { code, stdout } = await changes(directory);
    expect(code).toBe(0);
    const lines = jsonLines(stdout);
    expect(lines).toHaveLength(5);
    expect(lines[3]).toMatchObject({ commit: lost, state: 'suspect', alert: false });
    expect(lines[4]).toMatchObject({ commit: last.trim(), state: 'return', alert: false });
  });

  test('may hold a file that is larger than any terms', async () => {
    const directory = await bare();
    const large = 'We keep what you gave us. '.repeat(1_000_000);
    const [, second, third] = addCommits(
      directory,
      { message: 'First record of Larkmail Terms of Service', set: { [FILE]: terms('One.') } },
      { message: 'Record new changes of Larkmail Terms of Service', set: { [FILE]: large } },
      { message: 'Record new changes of Larkmail Terms of Service', set: { [FILE]: terms('You may leave.') } },
    );
    const { code, stdout } = await changes(directory);
    expect(code).toBe(0);
    expect(jsonLines(stdout)).toMatchObject([
      { commit: second, state: 'suspect', alert: false },
      { commit: third, class: 'text', state: 'ok', alert: true },
    ]);
  });

  test.each([
    ['is not there', async () => join(await temporaryDirectory(), 'nothing')],
    ['is a folder of something else', temporaryDirectory],
  ])('that %s is named, on stderr alone', async (_, make) => {
    const directory = await make();
    const { code, stdout, stderr } = await changes(directory);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`${directory} is no git repository`);
  });
});

/** More lines than a pipe holds. */
async function manyRecords(): Promise<string> {
  const directory = await bare();
  addCommits(
    directory,
    ...Array.from({ length: 1500 }, (_, number) => ({
      message: 'Record new changes of Larkmail Terms of Service',
      date: START + number * DAY,
      set: { [FILE]: terms(`Number ${number} is the ${'very '.repeat(30)}sentence that is in force today.`) },
    })),
  );
  return directory;
}

describe('whoever reads', () => {
  test('may stop after the first line (| head)', async () => {
    const program = startProgram(['changes', '--repository', await manyRecords(), '--json']);
    const first = await new Promise<string>((resolve) => program.child.stdout?.once('data', resolve));
    program.child.stdout?.destroy();
    expect(jsonLines(first.slice(0, first.indexOf('\n')))).toHaveLength(1);
    expect(await program.ended).toMatchObject({ code: 0, stderr: '' });
  });

  test('gets whole lines where the program is interrupted', async () => {
    const program = startProgram(['changes', '--repository', await manyRecords(), '--json']);
    await new Promise((resolve) => program.child.stdout?.once('data', resolve));
    program.child.kill('SIGINT');
    const { code, stdout, stderr } = await program.ended;
    expect(code).toBe(130);
    expect(stdout.endsWith('\n')).toBe(true);
    expect(jsonLines(stdout).length).toBeLessThan(1499);
    expect(stderr).toContain('Stopped by SIGINT');
  });
});
