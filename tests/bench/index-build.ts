import { updateIndexInThread } from '../../archive/index/follow/update-in-thread.ts';

// Builds an index as reindex and the server do, in a process of its own, so that its memory is its own, and prints what
// that took: a part of the benchmark of the index.
const [versionsDirectory = '', indexFile = '', withText = ''] = process.argv.slice(2);
const began = performance.now();
/** Milliseconds at which a part was last heard of. */
const ends: Partial<Record<'records' | 'analysis' | 'text' | 'lines', number>> = {};
function note(part: keyof typeof ends): void {
  ends[part] = performance.now() - began;
}

await updateIndexInThread({
  versionsDirectory,
  indexFile,
  withText: withText === 'with-text',
  ...(withText === 'with-text' ? { onProgress: ({ part }) => note(part) } : {}),
});
const whole = performance.now() - began;
const peak = process.resourceUsage().maxRSS * 1024;
process.stdout.write(`${JSON.stringify({ whole, peak, ...ends })}\n`);
