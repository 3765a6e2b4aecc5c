import type { Measure } from './measure.ts';

/** Names as Prometheus's client libraries have them. */
export const PROCESS_MEASURES: readonly Measure<void>[] = [
  ['process_resident_memory_bytes', 'Memory of this process in bytes.', () => process.memoryUsage.rss()],
  ['process_heap_bytes', 'JavaScript heap in use, in bytes.', () => process.memoryUsage().heapUsed],
  ['process_cpu_seconds_total', 'User and system time spent, in seconds.', () => cpuSeconds()],
  ['process_start_time_seconds', 'Start of the process since 1970, in seconds.', () => performance.timeOrigin / 1000],
];

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
