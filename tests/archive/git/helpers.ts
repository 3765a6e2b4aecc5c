import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { GitLocation } from '../../../archive/git/git-location.ts';
import { gitEnvironment } from '../../../archive/git/git-process.ts';
import { openRecords, type RecordsArchive, type RecordsArchiveOptions } from '../../../archive/git/records-archive.ts';
import { type GitRepository, openRepository } from '../../../archive/git/repository.ts';
import type { SnapshotDraft, VersionDraft } from '../../../archive/records/record.ts';

export const author = { name: 'Recorder', email: 'recorder@clausewatch.example' };

/** Runs git as a person would, with a name that is not ours. */
export function git(directory: string, ...args: string[]): string {
  const person = ['-c', 'user.name=Person', '-c', 'user.email=person@clausewatch.example'];
  return execFileSync('git', ['-C', directory, ...person, ...args], {
    env: gitEnvironment(),
    stdio: 'pipe',
    maxBuffer: 2 ** 28,
  }).toString();
}

/** Opens (and makes) a repository that is closed at the end of the test. */
export async function repositoryIn(directory: string): Promise<GitRepository> {
  const repository = await openRepository(directory, { create: true, author });
  onTestFinished(() => repository.close().catch(() => {}));
  return repository;
}

/** Opens (and makes) the two repositories below a directory; closed at the end of the test. */
export async function recordsIn(
  directory: string,
  options: Partial<RecordsArchiveOptions> = {},
): Promise<RecordsArchive> {
  const archive = await openRecords({
    snapshotsDirectory: join(directory, 'snapshots'),
    versionsDirectory: join(directory, 'versions'),
    author,
    engineVersion: 'clausewatch/test',
    create: true,
    groupDelay: 50,
    ...options,
  });
  onTestFinished(() => archive.close().catch(() => {}));
  return archive;
}

export function snapshotDraft(overrides: Partial<SnapshotDraft> & { readonly text?: string } = {}): SnapshotDraft {
  const { text = '<p>Be kind.</p>', ...others } = overrides;
  return {
    serviceId: 'Meadow',
    termsType: 'Terms of Service',
    documentId: undefined,
    mimeType: 'text/html',
    content: Buffer.from(text),
    fetcher: 'htmlOnly',
    location: 'https://meadow.example/terms',
    fetchDate: new Date('2026-03-04T05:06:07.890Z'),
    ...others,
  };
}

export function versionDraft(overrides: Partial<VersionDraft> = {}): VersionDraft {
  return {
    serviceId: 'Meadow',
    termsType: 'Terms of Service',
    content: 'Be kind.',
    snapshotIds: [],
    isTechnicalUpgrade: false,
    fetchDate: new Date('2026-03-04T05:06:07.890Z'),
    ...overrides,
  };
}

/** The ids of the gits that run in a repository (Linux). */
export function gitProcesses({ directory }: GitLocation, command: string): number[] {
  const list = execFileSync('ps', ['-eo', 'pid=,args='], { maxBuffer: 2 ** 28 }).toString();
  return list
    .split('\n')
    .filter((line) => line.includes(directory) && line.includes(` ${command} `))
    .map((line) => Number.parseInt(line, 10));
}
