import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { splitBlocks } from '../../archive/changes/blocks/split-blocks.ts';
import { redline } from '../../archive/changes/redline/redline.ts';
import { type Figure, report } from './figures.ts';

// How long the redline of two versions takes: made ones of 300 KB, and real neighbours of the largest archive, where
// every text is also split into its blocks.

const BUNDLE = new URL('../../../shared/data/contrib-versions.bundle', import.meta.url).pathname;
const KILOBYTES_300 = 300_000;
const REPEATS = 7;
const REAL_PAIRS = 1500;
/** Of real pairs, those in which both versions are at least this long. */
const LARGE = 200_000;

const figures: Figure[] = [];
const before = madeVersion(1);
measure(
  'everything changed',
  before,
  madeVersion(2),
  'two made versions of 300 KB without a common sentence; goal 500 ms',
);
measure('one word inserted', before, `${before.slice(0, 150_000)} another ${before.slice(150_000)}`, 'goal 100 ms');
measure(
  'every paragraph changed',
  before,
  before.replaceAll('.\n', ', or so.\n'),
  'two made versions of 300 KB, three words added to each of its paragraphs',
);
if (existsSync(BUNDLE)) await measureRealPairs();
report({ name: 'Redlines of two versions', figures });

function measure(label: string, former: string, current: string, meaning: string): void {
  const times = Array.from({ length: REPEATS }, () => time(() => redline(former, current)));
  figures.push({ label, value: middle(times), unit: 'ms', meaning: `${meaning}; median of ${REPEATS}` });
}

async function measureRealPairs(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'clausewatch-bench-'));
  try {
    const git = (input: string, ...args: string[]): Buffer =>
      execFileSync('git', args, { cwd: directory, input, maxBuffer: 2 ** 30, stdio: ['pipe', 'pipe', 'ignore'] });
    git('', 'clone', '--quiet', '--bare', BUNDLE, '.');
    const pairs = git('', 'log', '--raw', '--no-abbrev', '--no-renames', '--diff-filter=M', '--format=', '--', '*.md')
      .toString()
      .split('\n')
      .map((line) => line.split(' ').slice(2, 4));
    const every = Math.max(1, Math.floor(pairs.length / REAL_PAIRS));
    const chosen = pairs.filter((pair, place) => pair.length === 2 && place % every === 0);
    const texts = readBlobs(git(chosen.flat().join('\n'), 'cat-file', '--batch'));
    const characters = texts.reduce((sum, { length }) => sum + length, 0);
    const splitting = time(() => {
      for (const text of texts) splitBlocks(text);
    });
    figures.push({
      label: 'splitting into blocks',
      value: characters / 1000 / splitting,
      unit: 'million characters/s',
      meaning: `${texts.length} versions of contrib-versions`,
    });
    const times: number[] = [];
    const large: number[] = [];
    for (let place = 0; place + 1 < texts.length; place += 2) {
      const [former = '', current = ''] = [texts[place], texts[place + 1]];
      const taken = time(() => redline(former, current));
      times.push(taken);
      if (Math.min(former.length, current.length) >= LARGE) large.push(taken);
    }
    const of = `${times.length} pairs of neighbouring versions of contrib-versions`;
    figures.push({ label: 'real pairs, median', value: middle(times), unit: 'ms', meaning: of });
    figures.push({ label: 'real pairs, slowest of 20', value: part(times, 0.95), unit: 'ms', meaning: of });
    figures.push({ label: 'real pairs, slowest', value: part(times, 1), unit: 'ms', meaning: of });
    const both = `${large.length} pairs in which both are longer than ${LARGE / 1000} KB; goal 150 ms`;
    figures.push({ label: 'large real pairs, median', value: middle(large), unit: 'ms', meaning: both });
    figures.push({ label: 'large real pairs, slowest', value: part(large, 1), unit: 'ms', meaning: both });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Contents of an answer of `cat-file --batch`. */
function readBlobs(answer: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at < answer.length; ) {
    const start = answer.indexOf(10, at) + 1;
    const size = Number(answer.toString('latin1', at, start).split(' ')[2]);
    texts.push(answer.toString('utf8', start, start + size));
    at = start + size + 1;
  }
  return texts;
}

/** Paragraphs of words from a small generator, so that each run measures the same text. */
function madeVersion(seed: number): string {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >> 8) % below;
  };
  let text = '';
  while (text.length < KILOBYTES_300) {
    const words = Array.from({ length: 20 + next(60) }, () =>
      next(3) ? `of the word${next(200)}` : `term${seed}${next(4000)}`,
    );
    text += `${next(8) ? '' : '### '}${words.join(' ')}.\n\n`;
  }
  return text;
}

function time(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function part(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function middle(times: readonly number[]): number {
  return part(times, 0.5);
}
