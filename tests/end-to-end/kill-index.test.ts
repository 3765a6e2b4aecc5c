import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { followIndex } from '../../archive/index/follow/follow-index.ts';
import { type ArchiveOfRecords, archiveOfRecords } from '../helpers/archive-of-records.ts';
import { expectFresh } from '../helpers/fresh-index.ts';

const KILLS = Number(process.env.CLAUSEWATCH_KILLS ?? 12);
const FOLLOWER = new URL('./follow-until-killed.ts', import.meta.url).pathname;

/** Versions of one archive, whose text takes a second to take in. */
const VERSIONS = 160;

const text = (version: number): string =>
  Array.from(
    { length: 100 },
    (_, index) => `Clause ${index}. The member agrees to rule ${(index * 31 + version) % 4000} of this service.`,
  ).join('\n\n');

test(`an index whose writer is killed ${KILLS} times, in the first build and while it is continued, equals one made anew`, async () => {
  const archive = await archiveOfRecords();
  for (let service = 0; service < 8; service++) {
    const texts = Array.from({ length: VERSIONS / 8 }, (_, index) => text(service * 50 + index));
    await archive.record(`Service ${service}`, 'Terms of Service', ...texts);
  }
  // How long a build takes here tells when to kill.
  const started = performance.now();
  await untilReady(archive);
  const duration = performance.now() - started;
  await rm(archive.indexFile);

  const moments: string[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const isBuild = kill < KILLS / 2;
    if (!isBuild) {
      if (kill === Math.ceil(KILLS / 2)) await untilReady(archive);
      await archive.record(`Service ${kill % 8}`, 'Terms of Service', ...[1, 2, 3].map((n) => text(kill * 100 + n)));
    }
    moments.push(
      await followAndKill(archive, isBuild ? (duration * (kill + 1)) / (KILLS / 2 + 1) : 40 * (kill - KILLS / 2)),
    );
    // A build that was killed is begun again from nothing every second time, and gone on with otherwise.
    if (isBuild && kill % 2 === 1) await rm(archive.indexFile, { force: true });
  }
  // The kills must have met something that was under way.
  expect(moments.filter((activity) => activity.includes('building')).length, moments.join('\n')).toBeGreaterThan(1);
  await untilReady(archive);
  await expectFresh(archive);
  // What SQLite keeps beside the file after a kill is used, and does not grow from kill to kill.
  expect(existsSync(`${archive.indexFile}-wal`) ? statSync(`${archive.indexFile}-wal`).size : 0).toBeLessThan(50e6);
  process.stderr.write(`${KILLS} kills at: ${moments.join(' ')}\n`);
});

async function untilReady(archive: ArchiveOfRecords): Promise<void> {
  const follower = await followIndex({ ...archive, pollInterval: 20 });
  onTestFinished(() => follower.close());
  await follower.caughtUp();
  expect(follower.activity()).toEqual({ kind: 'ready' });
  await follower.close();
}

/** @returns what it was doing when it was killed. */
async function followAndKill(archive: ArchiveOfRecords, milliseconds: number): Promise<string> {
  const { versionsDirectory, snapshotsDirectory, indexFile } = archive;
  const child = spawn(process.execPath, [FOLLOWER, versionsDirectory, snapshotsDirectory, indexFile], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  let activity = 'start';
  const begun = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      activity = chunk.toString().trim().split('\n').at(-1) ?? activity;
      resolve();
    });
  });
  await Promise.race([begun, closed]);
  await wait(milliseconds);
  child.kill('SIGKILL');
  await closed;
  return activity;
}
