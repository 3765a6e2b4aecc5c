import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const SAMPLE_EVERY = 250;
/** Linux counts processor time in hundredths of a second (USER_HZ) on every architecture that Node supports. */
const TICKS_PER_SECOND = 100;

export interface TreeUse {
  /** Processor seconds of the process and all its descendants, as far as the samples saw them. */
  readonly cpuSeconds: number;
  /** Peak of the tree's proportional set size: shared memory counted once. */
  readonly peakMegabytes: number;
  /** Peak of the main process alone (resident set). */
  readonly peakMainMegabytes: number;
}

/** Samples /proc until `ended` resolves. Linux only. */
export async function watchTree(pid: number, ended: Promise<unknown>): Promise<TreeUse> {
  const ticks = new Map<string, number>();
  let peak = 0;
  let peakMain = 0;
  let isOver = false;
  void ended.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    let sum = 0;
    for (const member of await descendants(pid)) {
      ticks.set(member.key, member.ticks);
      const rollup = await readFile(`/proc/${member.pid}/smaps_rollup`, 'utf8').catch(() => '');
      sum += Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
      if (member.pid === pid) peakMain = Math.max(peakMain, Number(/^Rss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024);
    }
    peak = Math.max(peak, sum);
    await delay(SAMPLE_EVERY);
  }
  const cpuSeconds = [...ticks.values()].reduce((total, value) => total + value, 0) / TICKS_PER_SECOND;
  return { cpuSeconds, peakMegabytes: peak, peakMainMegabytes: peakMain };
}

async function descendants(root: number): Promise<{ pid: number; key: string; ticks: number }[]> {
  const processes = new Map<number, { pid: number; parent: number; key: string; ticks: number }>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const pid = Number(name);
    // Fields of proc(5) counted from the state: 1 parent, 11 user time, 12 system time, 19 start.
    processes.set(pid, {
      pid,
      parent: Number(fields[1]),
      key: `${pid}-${fields[19]}`,
      ticks: Number(fields[11]) + Number(fields[12]),
    });
  }
  const isOfTree = (pid: number): boolean => {
    for (let at = processes.get(pid); at; at = processes.get(at.parent)) if (at.pid === root) return true;
    return false;
  };
  return [...processes.values()].filter(({ pid }) => isOfTree(pid));
}
