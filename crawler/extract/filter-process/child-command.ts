import { existsSync } from 'node:fs';
import { join } from 'node:path';

const entry = join(import.meta.dirname, 'child', 'main.ts');

/**
 * Node's permission model without any permission but to read. What it does not cover on Node 26.10, as tried: `node:sqlite`
 * opens, reads and writes any file (hence the flag), `process.kill`, `process._debugProcess` and `os.setPriority` reach
 * other processes (`child/confine.ts` takes them away).
 */
const confinement = [
  '--permission',
  '--no-addons',
  '--no-experimental-sqlite',
  '--no-experimental-webstorage',
  '--no-experimental-ffi',
  '--disable-sigusr1',
  '--no-warnings',
];

/**
 * Megabytes that may be mapped for writing beside the heap that `--max-old-space-size` limits: V8's room for machine code,
 * stacks, jsdom. With 512 in all Node 26.10 does not start, with 640 it fails on jsdom, with 768 it works; most is never touched.
 */
const BESIDE_THE_HEAP = 1_024;
/** Processor seconds of one child, the last resort should the parent die by a kill while a filter function loops. */
const PROCESSOR_SECONDS = 600;

export interface ChildCommand {
  readonly command: string;
  readonly arguments: readonly string[];
}

/**
 * The command that starts the confined child. On Linux a shell first sets limits that hold for everything the process does:
 * `--max-old-space-size` does not count buffers, so written memory is limited as a whole (`-d`); no core dumps; no file can
 * grow (`-f`); processor time.
 *
 * @param readablePaths absolute; directories end in a separator
 */
export function childCommand(
  collectionDirectory: string,
  readablePaths: readonly string[],
  memoryMegabytes: number,
): ChildCommand {
  const node = [
    process.execPath,
    ...confinement,
    ...readablePaths.map((path) => `--allow-fs-read=${path}`),
    `--max-old-space-size=${memoryMegabytes}`,
    entry,
    collectionDirectory,
  ];
  if (process.platform !== 'linux' || !existsSync('/bin/sh')) {
    return { command: process.execPath, arguments: node.slice(1) };
  }
  const written = (memoryMegabytes + BESIDE_THE_HEAP) * 1024;
  const limits = `ulimit -c 0; ulimit -f 0; ulimit -t ${PROCESSOR_SECONDS}; ulimit -d ${written}; exec "$@"`;
  return { command: '/bin/sh', arguments: ['-c', limits, 'sh', ...node] };
}
