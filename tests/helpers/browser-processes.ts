import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Ids of the living processes below ours that belong to a browser (Linux: read from `/proc`). */
export function browserProcesses(): number[] {
  const parents = new Map<number, { parent: number; name: string }>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const [, name = '', state = '', parent = ''] =
        /^\d+ \((.*)\) (\S) (\d+)/s.exec(readFileSync(`/proc/${entry}/stat`, 'utf8')) ?? [];
      if (state !== 'Z') parents.set(Number(entry), { parent: Number(parent), name });
    } catch {
      // It has ended meanwhile.
    }
  }
  const isOurs = (id: number): boolean =>
    id === process.pid || (parents.has(id) && isOurs(parents.get(id)?.parent ?? 0));
  return [...parents].filter(([id, { name }]) => /chrom/i.test(name) && isOurs(id)).map(([id]) => id);
}

/** The profile folder that a browser process was started with, if it is one that says so. */
export function profileOf(id: number): string | undefined {
  try {
    return /--user-data-dir=([^\0]+)/.exec(readFileSync(`/proc/${id}/cmdline`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

/** What a browser process does: `main`, or what Chromium's `--type` says (`renderer`, `zygote`, `utility` …). */
export function roleOf(id: number): string | undefined {
  try {
    // A renderer's command line is one text with spaces: Chromium writes it anew in a copy of its zygote.
    return /--type=([\w-]+)/.exec(readFileSync(`/proc/${id}/cmdline`, 'utf8'))?.[1] ?? 'main';
  } catch {
    return undefined;
  }
}

/** Bytes of a process, what it shares with others counted in proportion (Linux: PSS). */
export function proportionalMemory(id: number): number {
  try {
    return 1024 * Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Those of the processes that still live, after up to ten seconds to end. */
export async function survivors(ids: readonly number[]): Promise<number[]> {
  const alive = (): number[] => ids.filter((id) => isAlive(id));
  for (let tries = 0; tries < 100 && alive().length > 0; tries++) await sleep(100);
  return alive();
}

function isAlive(id: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${id}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
