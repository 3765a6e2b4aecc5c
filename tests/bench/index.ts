import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openBatchReader } from '../../archive/git/batch-reader.ts';
import { locateRepository } from '../../archive/git/git-location.ts';
import { openIndexReader } from '../../archive/index/open-reader.ts';
import { updateIndex } from '../../archive/index/update-index.ts';
import { addCommits } from '../helpers/history.ts';
import { type Figure, report } from './figures.ts';

// How long the index of 42,632 records takes to build, beside what git itself takes to list them and to read their
// texts; how long one more record takes; how large the file is.

const BUNDLE = new URL('../../../shared/data/contrib-versions.bundle', import.meta.url).pathname;
const ROUNDS = 5;
const NEW_RECORDS = 31;
const MEGABYTE = 2 ** 20;

const run = promisify(execFile);
const directory = await mkdtemp(join(tmpdir(), 'clausewatch-bench-'));
const figures: Figure[] = [];
try {
  if (!existsSync(BUNDLE)) throw new Error(`No ${BUNDLE}: this benchmark needs the real archive beside the project`);
  const versionsDirectory = join(directory, 'versions.git');
  await run('git', ['clone', '--quiet', '--bare', BUNDLE, versionsDirectory]);
  // A clone of this bundle stands at a commit without a branch.
  await run('git', ['-C', versionsDirectory, 'update-ref', '--no-deref', 'refs/heads/main', 'HEAD']);
  await run('git', ['-C', versionsDirectory, 'symbolic-ref', 'HEAD', 'refs/heads/main']);
  const indexFile = join(directory, 'index.sqlite');

  await measureRecords(versionsDirectory);
  await measureWhole(versionsDirectory, indexFile);
  await measureCatchingUp(versionsDirectory, indexFile);
} finally {
  await rm(directory, { recursive: true, force: true });
}
report({ name: 'Index of contrib-versions, 42,632 records', figures });

interface Build {
  readonly whole: number;
  readonly peak: number;
  readonly records?: number;
  readonly text?: number;
  readonly lines?: number;
}

async function build(versionsDirectory: string, indexFile: string, withText: boolean): Promise<Build> {
  const file = join(import.meta.dirname, 'index-build.ts');
  const args = [file, versionsDirectory, indexFile, withText ? 'with-text' : 'records-only'];
  const { stdout } = await run(process.execPath, args);
  const result: Build = JSON.parse(stdout);
  return result;
}

/** In turn, so that what else the machine does meets both. */
async function measureRecords(versionsDirectory: string): Promise<void> {
  const lists: number[] = [];
  const builds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    lists.push(
      await timed(() => silently('git', ['-C', versionsDirectory, 'log', '--raw', '--no-abbrev', '-z', 'HEAD'])),
    );
    const indexFile = join(directory, `records-${round}.sqlite`);
    builds.push((await build(versionsDirectory, indexFile, false)).whole);
    await rm(indexFile);
  }
  const [list, records] = [median(lists) / 1000, median(builds) / 1000];
  figures.push({
    label: 'records only',
    value: records,
    unit: 's',
    baseline: list,
    ratio: list / records,
    meaning: `beside git log --raw; median of ${ROUNDS} in turn; the goal is at most twice its time (0.5 ×)`,
  });
}

async function measureWhole(versionsDirectory: string, indexFile: string): Promise<void> {
  const reading = (await timed(() => readAllTexts(versionsDirectory))) / 1000;
  const { whole, peak, records = 0, text = 0, lines = 0 } = await build(versionsDirectory, indexFile, true);
  figures.push(
    {
      label: 'everything, with blocks, search and counts of lines',
      value: whole / 1000,
      unit: 's',
      baseline: reading,
      ratio: reading / (whole / 1000),
      meaning: 'beside reading all distinct texts with git cat-file --batch; the goal is at most 120 s',
    },
    {
      label: '… of it blocks and search',
      value: (text - records) / 1000,
      unit: 's',
      meaning: 'after the records can be read',
    },
    { label: '… of it counts of lines', value: (lines - text) / 1000, unit: 's', meaning: 'mostly git log --numstat' },
    {
      label: 'peak memory',
      value: peak / MEGABYTE,
      unit: 'MB',
      meaning: 'of the process that builds; the goal is at most 600',
    },
    {
      label: 'index file',
      value: (await stat(indexFile)).size / MEGABYTE,
      unit: 'MB',
      meaning: 'the goal is at most 600',
    },
  );
}

async function measureCatchingUp(versionsDirectory: string, indexFile: string): Promise<void> {
  const opening: number[] = [];
  const idle: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    opening.push(
      await timed(() => {
        const reader = openIndexReader(indexFile);
        reader.state();
        reader.close();
      }),
    );
    idle.push(await timed(() => updateIndex({ versionsDirectory, indexFile })));
  }
  const reader = openIndexReader(indexFile);
  const texts = openBatchReader(await located(versionsDirectory));
  const newest = reader.versions({ technicalUpgrades: 'excluded' }, { limit: NEW_RECORDS });
  const times: number[] = [];
  for (const [index, { serviceId, termsType, blob }] of newest.entries()) {
    const before = Buffer.from((await texts.read(blob)) ?? '').toString('utf8');
    addCommits(versionsDirectory, {
      message: `Record new changes of ${serviceId} ${termsType}`,
      date: 1_790_000_000 + index,
      set: { [`${serviceId}/${termsType}.md`]: `${before}\n\nParagraph ${index} of the benchmark.\n` },
    });
    times.push(await timed(() => updateIndex({ versionsDirectory, indexFile })));
  }
  if (reader.state().versionsWithoutText > 0) throw new Error('Not all text is indexed');
  await texts.close();
  reader.close();
  figures.push(
    {
      label: 'one new record',
      value: median(times),
      unit: 'ms',
      meaning: `median of ${times.length}, slowest ${Math.max(...times).toFixed(0)} ms, with its text and counts of lines; the goal is at most 50`,
    },
    { label: 'no new record', value: median(idle), unit: 'ms', meaning: 'looking whether there is one' },
    {
      label: 'opening for reading',
      value: median(opening),
      unit: 'ms',
      meaning: 'with all statements prepared and counts asked',
    },
  );
}

async function readAllTexts(versionsDirectory: string): Promise<void> {
  const listed = await run('git', ['-C', versionsDirectory, 'log', '--raw', '--no-abbrev', '--format=', 'HEAD'], {
    maxBuffer: 2 ** 28,
  });
  const blobs = new Set(
    Array.from(listed.stdout.matchAll(/^:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [AM]/gm), ([, blob]) => blob ?? ''),
  );
  const texts = openBatchReader(await located(versionsDirectory));
  const waiting: Promise<unknown>[] = [];
  for (const blob of blobs) {
    if (waiting.push(texts.read(blob)) >= 20) await waiting.shift();
  }
  await Promise.all(waiting);
  await texts.close();
}

async function located(versionsDirectory: string) {
  const location = await locateRepository(versionsDirectory);
  if (!location) throw new Error(`${versionsDirectory} is no repository`);
  return location;
}

async function silently(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { stdio: 'ignore' });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
}

async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
