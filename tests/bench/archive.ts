import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openRecords, type RecordsArchive } from '../../archive/git/records-archive.ts';
import type { SnapshotDraft } from '../../archive/records/record.ts';
import { type Figure, report } from './figures.ts';

// How many acknowledged records a second an archive of 16,664 records takes: `git add` + `git commit`, one checkpoint
// for each record, and checkpoints for groups. Every record is a real document of that archive with a line added.

const BUNDLE = new URL('../../../shared/data/demo-snapshots.bundle', import.meta.url).pathname;
const BASELINE_RECORDS = 100;
const SINGLE_RECORDS = 160;
const GROUPED_RECORDS = 1500;
/** Records on their way at once: enough that no group waits for its second to pass. */
const IN_WORK = 120;

const BINARY = { encoding: 'buffer', maxBuffer: 2 ** 28 } as const;

const run = promisify(execFile);
const directory = await mkdtemp(join(tmpdir(), 'clausewatch-bench-'));
const figures: Figure[] = [];
try {
  if (!existsSync(BUNDLE)) throw new Error(`No ${BUNDLE}: this benchmark needs the real archive beside the project`);
  const baseline = await addAndCommit();
  figures.push({
    label: 'git add + git commit',
    value: baseline,
    unit: 'records/s',
    meaning: `${BASELINE_RECORDS} records on a clone of 16,664, two processes each`,
  });
  await measure('record by record', SINGLE_RECORDS, 1, baseline, 'each record waits for a checkpoint of its own');
  await measure(
    'in groups',
    GROUPED_RECORDS,
    IN_WORK,
    baseline,
    `checkpoints after 50 records or a second, ${IN_WORK} records on their way at once`,
  );
} finally {
  await rm(directory, { recursive: true, force: true });
}
report({ name: 'Acknowledged records written to a git archive', figures });

async function addAndCommit(): Promise<number> {
  const clone = await cloneBundle('baseline');
  const drafts = await realDrafts(clone, BASELINE_RECORDS);
  const started = performance.now();
  for (const { path, content, fetchDate } of drafts) {
    await writeFile(join(clone, path), content);
    const date = fetchDate.toISOString();
    const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    await run('git', ['-C', clone, 'add', '--', path], { env });
    const author = ['-c', 'user.name=Bench', '-c', 'user.email=bench@clausewatch.example', '-c', 'gc.auto=0'];
    await run('git', [...author, '-C', clone, 'commit', '-q', '-m', `Record new changes of ${path}`], { env });
  }
  return drafts.length / ((performance.now() - started) / 1000);
}

async function measure(label: string, count: number, inWork: number, baseline: number, meaning: string): Promise<void> {
  const snapshotsDirectory = await cloneBundle(label);
  const drafts = await realDrafts(snapshotsDirectory, count);
  const before = await kibibytes(snapshotsDirectory);
  const opening = performance.now();
  const archive = await openRecords({
    snapshotsDirectory,
    versionsDirectory: join(directory, `${label}-versions`),
    author: { name: 'Bench', email: 'bench@clausewatch.example' },
    engineVersion: 'clausewatch/bench',
    create: true,
    ...(inWork === 1 ? { groupSize: 1 } : {}),
  });
  await archive.latestSnapshot('Buffer', 'Privacy Policy', undefined);
  const opened = performance.now();
  await record(archive, drafts, inWork);
  const recorded = performance.now();
  await archive.maintain();
  const maintained = performance.now();
  await archive.close();
  const faults = await archive.snapshots.verify();
  if (faults.length > 0) throw new Error(`The archive is damaged after ${label}: ${faults.join('; ')}`);

  const value = count / ((recorded - opened) / 1000);
  const size = (await kibibytes(snapshotsDirectory)) - before;
  const content = drafts.reduce((sum, draft) => sum + draft.content.length, 0) / 1024;
  figures.push(
    { label, value, unit: 'records/s', baseline, ratio: value / baseline, meaning: `${count} records; ${meaning}` },
    {
      label: `${label}: added to the repository`,
      value: size / count,
      unit: 'KB/record',
      meaning: `after maintenance; the documents are ${Math.round(content / count)} KB on average`,
    },
    {
      label: `${label}: maintenance`,
      value: (maintained - recorded) / 1000,
      unit: 's',
      meaning: `joins what ${count} records left; ${await packs(snapshotsDirectory)} packs afterwards`,
    },
    {
      label: `${label}: opening`,
      value: opened - opening,
      unit: 'ms',
      meaning: 'both repositories, until the latest record of every document is known',
    },
  );
}

async function record(archive: RecordsArchive, drafts: readonly SnapshotDraft[], inWork: number): Promise<void> {
  const queue = drafts.values();
  await Promise.all(
    Array.from({ length: inWork }, async () => {
      for (const draft of queue) {
        const { isNew, acknowledged } = await archive.recordSnapshot(draft);
        if (!isNew) throw new Error('A changed document was taken for an unchanged one');
        await acknowledged;
      }
    }),
  );
}

async function realDrafts(clone: string, count: number): Promise<(SnapshotDraft & { readonly path: string })[]> {
  const { stdout } = await run('git', ['-C', clone, 'ls-files', '-z', '*/*.html']);
  const paths = stdout.split('\0').filter(Boolean);
  const contents = await Promise.all(
    paths.map(async (path) => (await run('git', ['-C', clone, 'show', `HEAD:${path}`], BINARY)).stdout),
  );
  return Array.from({ length: count }, (_, index) => {
    const path = paths[index % paths.length] ?? '';
    const [serviceId = '', file = ''] = path.split('/');
    return {
      path,
      serviceId,
      termsType: file.replace(/\.html$/, ''),
      documentId: undefined,
      mimeType: 'text/html',
      content: Buffer.concat([
        contents[index % paths.length] ?? Buffer.of(),
        Buffer.from(`<!-- change ${index} -->\n`),
      ]),
      fetcher: 'htmlOnly' as const,
      location: 'https://service.example/terms',
      fetchDate: new Date(1_790_000_000_000 + index * 1000),
    };
  });
}

async function cloneBundle(name: string): Promise<string> {
  const clone = join(directory, name);
  await run('git', ['clone', '--quiet', '-c', 'advice.detachedHead=false', BUNDLE, clone]);
  return clone;
}

async function kibibytes(clone: string): Promise<number> {
  const objects = join(clone, '.git/objects');
  const files = await readdir(objects, { recursive: true });
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(objects, file))).size));
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}

async function packs(clone: string): Promise<number> {
  return (await readdir(join(clone, '.git/objects/pack'))).filter((name) => name.endsWith('.pack')).length;
}
