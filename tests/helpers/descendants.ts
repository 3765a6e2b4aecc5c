import { readdirSync, readFileSync } from 'node:fs';

/** A process at work. */
export interface LivingProcess {
  readonly pid: number;
  readonly command: string;
}

/** The processes below one, however far down (Linux: read from `/proc`). */
export function descendants(ancestor: number): LivingProcess[] {
  const all = processes();
  const isBelow = (pid: number): boolean => {
    const parent = all.get(pid)?.parent;
    return parent !== undefined && (parent === ancestor || isBelow(parent));
  };
  return [...all.keys()].filter(isBelow).map((pid) => ({ pid, command: commandOf(pid) }));
}

/** Those that still live, as the same program. */
export const stillAlive = (known: readonly LivingProcess[]): LivingProcess[] => {
  const all = processes();
  return known.filter(({ pid, command }) => all.has(pid) && commandOf(pid) === command);
};

function processes(): Map<number, { parent: number }> {
  const found = new Map<number, { parent: number }>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const [, state = '', parent = ''] =
        /^\d+ \(.*\) (\S) (\d+)/s.exec(readFileSync(`/proc/${entry}/stat`, 'utf8')) ?? [];
      if (state !== 'Z') found.set(Number(entry), { parent: Number(parent) });
    } catch {
      // It has ended meanwhile.
    }
  }
  return found;
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').slice(0, 200);
  } catch {
    return '';
  }
}
