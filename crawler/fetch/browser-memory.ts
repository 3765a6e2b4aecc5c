import { readdirSync, readFileSync } from 'node:fs';

const INTERVAL = 100;
/** Of one process, and of all of a browser together. Bytes. */
const MOST_OF_ONE = 1_200_000_000;
const MOST_OF_ALL = 2_000_000_000;

/**
 * Keeps a browser's memory within limits, on Linux. V8's own limit does not count array buffers (a document that fills them
 * takes 1 GB a second) nor the sum of several workers. The largest process is killed: a renderer, and with it its document;
 * where it is the browser's main process, `onMainProcess` is told instead.
 *
 * @param group process id of the browser, which leads its process group
 * @returns ends the watch
 */
export function watchMemory(group: number, onMainProcess: () => void): () => void {
  if (process.platform !== 'linux') return () => {};
  let others = new Set<string>();

  function check(): void {
    let total = 0;
    let largest = { id: 0, bytes: 0 };
    const stillOthers = new Set<string>();
    for (const entry of readdirSync('/proc')) {
      if (!/^\d+$/.test(entry)) continue;
      const memory = others.has(entry) ? undefined : memoryOf(entry, group);
      if (memory === undefined) {
        stillOthers.add(entry);
        continue;
      }
      total += memory;
      if (memory > largest.bytes) largest = { id: Number(entry), bytes: memory };
    }
    others = stillOthers;
    if (largest.bytes <= MOST_OF_ONE && total <= MOST_OF_ALL) return;
    if (largest.id === group) onMainProcess();
    else kill(largest.id);
  }

  const timer = setInterval(check, INTERVAL).unref();
  return () => clearInterval(timer);
}

/** Bytes that a process of the group has for itself or shares as memory; undefined for processes of other groups. */
function memoryOf(id: string, group: number): number | undefined {
  let status: string;
  try {
    status = readFileSync(`/proc/${id}/status`, 'latin1');
  } catch {
    return undefined;
  }
  if (Number(/^NSpgid:\s+(\d+)/m.exec(status)?.[1]) !== group) return undefined;
  const [anonymous, shared] = ['RssAnon', 'RssShmem'].map((name) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0),
  );
  return ((anonymous ?? 0) + (shared ?? 0)) * 1024;
}

function kill(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
