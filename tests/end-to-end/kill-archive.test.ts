import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { gitCommand } from '../../archive/git/git-command.ts';
import { openRecords } from '../../archive/git/records-archive.ts';
import type { GitRepository } from '../../archive/git/repository.ts';
import { parseMessage } from '../../archive/records/message.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const KILLS = Number(process.env.CLAUSEWATCH_KILLS ?? 50);
const WRITER = new URL('./kill-archive-writer.ts', import.meta.url).pathname;
/** Milliseconds of processor time that an opening may take, git's included: ten times what is usual. */
const MOST_WORK = 1_000;
const isLinux = process.platform === 'linux';

test.skipIf(!isLinux)(
  `nothing acknowledged is lost when the writer is killed ${KILLS} times (needs Linux, to find git's processes)`,
  async () => {
    const directory = await temporaryDirectory();
    const acknowledged = { snapshot: new Set<string>(), version: new Set<string>() };
    const openings: number[] = [];
    const works: number[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      // Every second time git survives node by the moment that it takes to see the end of its input.
      await writeAndKill(directory, acknowledged, kill % 2 ? 'node' : 'everything', kill);

      const started = performance.now();
      const workedBefore = processorTime();
      const archive = await open(directory);
      await archive.latestVersion('Service 1', 'Terms of Service');
      openings.push(performance.now() - started);
      works.push(processorTime() - workedBefore);

      const snapshots = await commitsOf(archive.snapshots);
      const versions = await commitsOf(archive.versions);
      expect(missing(acknowledged.snapshot, snapshots), `snapshots lost by kill ${kill}`).toEqual([]);
      expect(missing(acknowledged.version, versions), `versions lost by kill ${kill}`).toEqual([]);
      for (const [id, message] of versions) {
        for (const snapshotId of parseMessage(message)?.snapshotIds ?? []) {
          expect(snapshots.has(snapshotId), `version ${id} without snapshot ${snapshotId}, kill ${kill}`).toBe(true);
        }
      }
      const repositories = [archive.snapshots, archive.versions];
      for (const repository of repositories) expect(await repository.verify(), `kill ${kill}`).toEqual([]);
      expect(await archive.updateWorkTrees()).toEqual([]);
      await archive.close();
      for (const { location } of repositories) {
        expect(await gitCommand(location).raw('status', '--porcelain'), `kill ${kill}`).toBe('');
        expect(await remains(location.gitDirectory), `kill ${kill}`).toEqual([]);
      }
    }
    // No opening has more to do than another, whatever the kill left: by processor time, which is the same on a machine
    // that is busy with something else. Waiting is seen in the middle one alone, since a single one may have met such a machine.
    expect(Math.max(...works)).toBeLessThan(MOST_WORK);
    expect(openings.toSorted((a, b) => a - b)[Math.floor(KILLS / 2)]).toBeLessThan(5000);
    // The test must have had something to lose.
    expect(acknowledged.version.size).toBeGreaterThan(KILLS);
    process.stderr.write(
      `${KILLS} kills: ${acknowledged.snapshot.size} snapshots and ${acknowledged.version.size} versions acknowledged, none lost; slowest opening ${Math.max(...openings).toFixed(0)} ms, most work ${Math.max(...works)} ms\n`,
    );
  },
  60_000 + KILLS * 5000,
);

const open = (directory: string): ReturnType<typeof openRecords> =>
  openRecords({
    snapshotsDirectory: join(directory, 'snapshots'),
    versionsDirectory: join(directory, 'versions'),
    author: { name: 'Kill test', email: 'kill@clausewatch.example' },
    engineVersion: 'clausewatch/test',
    create: true,
  });

async function writeAndKill(
  directory: string,
  acknowledged: Record<'snapshot' | 'version', Set<string>>,
  target: 'node' | 'everything',
  kill: number,
): Promise<void> {
  const child = spawn(process.execPath, [WRITER, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const closed = Promise.all([once(child, 'close'), once(lines, 'close')]);
  const ready = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      const [kind, id = ''] = line.split(' ');
      if (kind === 'ready') resolve();
      else if (kind === 'snapshot' || kind === 'version') acknowledged[kind].add(id);
      else throw new Error(`The writer said ${line}`);
    });
  });
  // One in ten is killed while it still opens the archive, the others after so many more acknowledgements: by what was
  // done, not by the clock, or a busy machine would lose nothing for having written nothing.
  if (kill % 10 === 9) await Promise.race([wait((kill * 53) % 500), closed]);
  else {
    await Promise.race([ready, closed]);
    const enough = acknowledged.version.size + ((kill * 5) % 13);
    while (acknowledged.version.size < enough && child.exitCode === null) await wait(2);
    await wait((kill * 37) % 60);
  }
  expect(child.exitCode, 'the writer ended by itself').toBe(null);
  const victims = target === 'everything' ? await descendants(child.pid ?? 0) : [];
  for (const pid of [child.pid ?? 0, ...victims]) killQuietly(pid);
  await closed;
}

/** Milliseconds of this process and of the children that it has waited for. */
function processorTime(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  // proc(5): utime, stime, cutime and cstime are the fields 14 to 17, in hundredths of a second; the third follows the name.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + 10 * Number(ticks), 0);
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It has ended in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** All processes below one: git runs in process groups of its own. */
async function descendants(ancestor: number): Promise<number[]> {
  const children = new Map<number, number[]>();
  for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (stat) children.set(parent, [...(children.get(parent) ?? []), Number(id)]);
  }
  const below = (pid: number): number[] => (children.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(ancestor);
}

/** Commit → message of everything that the branch reaches. */
async function commitsOf(repository: GitRepository): Promise<Map<string, string>> {
  const log = await gitCommand(repository.location)
    .raw('log', '--format=%H %B%x00', repository.branch)
    .catch(() => '');
  return new Map(
    log
      .split('\0')
      .map((entry) => entry.trimStart())
      .filter((entry) => entry !== '')
      .map((entry) => [entry.slice(0, 40), entry.slice(41)]),
  );
}

const missing = (ids: ReadonlySet<string>, commits: ReadonlyMap<string, string>): string[] =>
  [...ids].filter((id) => !commits.has(id));

async function remains(gitDirectory: string): Promise<string[]> {
  const files = await readdir(gitDirectory, { recursive: true });
  return files.filter((name) => /\.lock$|tmp_|fast_import_crash|clausewatch-checked-out/.test(name));
}
