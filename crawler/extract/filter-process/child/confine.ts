import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import v8 from 'node:v8';

/**
 * Takes away what Node's permission model leaves open (tried on Node 26.10): signals to other processes, among them the one
 * that opens the parent's inspector, the priority of other processes, and V8's switches. Called before any code of a
 * collection is loaded.
 */
export function confine(): void {
  for (const name of [
    'kill',
    '_kill',
    '_debugProcess',
    '_debugEnd',
    '_startProfilerIdleNotifier',
    '_stopProfilerIdleNotifier',
    'binding',
    '_linkedBinding',
    'dlopen',
    'execve',
    'chdir',
    'umask',
    'setuid',
    'seteuid',
    'setgid',
    'setegid',
    'setgroups',
    'initgroups',
    'loadEnvFile',
  ]) {
    refuse(process, name);
  }
  refuse(os, 'setPriority');
  for (const name of ['setFlagsFromString', 'setHeapSnapshotNearHeapLimit', 'writeHeapSnapshot']) refuse(v8, name);
  // `import { kill } from 'node:process'` sees the object as it was at its first import without this.
  syncBuiltinESMExports();

  // Network that does not pass the parent. The permission model refuses it anyway; without the names, feature detection works.
  for (const name of ['WebSocket', 'EventSource', 'XMLHttpRequest']) Reflect.deleteProperty(globalThis, name);

  // A terminal sends its signals to the whole group. The parent decides when this process ends.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
}

function refuse(owner: object, name: string): void {
  if (!(name in owner)) return;
  Object.defineProperty(owner, name, {
    value: () => {
      throw new Error(`${name} is not available to filter functions`);
    },
    writable: false,
    configurable: false,
  });
}
