import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExtractError } from '../../crawler/extract/extract-error.ts';
import { extractHere } from '../../crawler/extract/extract-here.ts';
import type { ExtractRequest } from '../../crawler/extract/extract-request.ts';
import { createExtractor } from '../../crawler/extract/extractor.ts';
import { isKnownToDiffer } from '../../crawler/extract/light-dom/known-differences.ts';
import {
  bundledRepository,
  dataDirectory,
  hasDemoData,
  sampleDeclaredSnapshots,
} from '../crawler/extract/demo-data.ts';
import { referenceMarkdown } from '../crawler/extract/reference-pipeline.ts';
import { type Figure, report } from './figures.ts';

/**
 * Extraction of real documents, ours against jsdom + Turndown in the same run: each document by the one and then, at once,
 * by the other, in alternating order.
 */
const DOCUMENTS = 240;
/** Documents at the start that are not counted: both sides are compiled by then. */
const WARM_UP = 20;

interface Measured {
  readonly milliseconds: number;
  /** Of the whole process, so that the collection of garbage counts. */
  readonly cpu: number;
  readonly result: string;
}

const name = 'extract: real snapshots of the demo collection, ours against jsdom + Turndown';

async function run(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'clausewatch-bundle-'));
  execFileSync('git', ['clone', '--quiet', '--bare', join(dataDirectory, 'demo-snapshots.bundle'), directory]);
  const snapshots = bundledRepository(directory);
  try {
    const sample = await sampleDeclaredSnapshots(snapshots, DOCUMENTS + WARM_UP);
    const documents = sample.map(({ blob, document }) => ({
      label: `${blob.path} (${blob.id.slice(0, 10)})`,
      request: { ...document, content: snapshots.blob(blob.id).toString(), mimeType: 'text/html' },
    }));
    const pairs: { label: string; ours: Measured; theirs: Measured }[] = [];
    for (const [index, { label, request }] of documents.entries()) {
      const first = index % 2 === 0 ? await measure(() => extractHere(request)) : undefined;
      const theirs = await measure(() => referenceMarkdown(request.content, request));
      const ours = first ?? (await measure(() => extractHere(request)));
      if (index >= WARM_UP) pairs.push({ label, ours, theirs });
    }
    const requests = documents.map(({ request }) => request);
    return [...figuresOf(pairs, requests), await measurePool(requests.slice(WARM_UP), pairs)];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function figuresOf(
  pairs: readonly { label: string; ours: Measured; theirs: Measured }[],
  requests: readonly (ExtractRequest & { content: string })[],
): Figure[] {
  const perCpuSecond = (side: 'ours' | 'theirs'): number =>
    pairs.length / (sum(pairs.map((pair) => pair[side].cpu)) / 1000);
  const different = pairs.filter(({ ours, theirs }) => ours.result !== theirs.result);
  for (const { label, ours, theirs } of different) {
    process.stderr.write(`different: ${label}\n  ours:   ${near(ours.result, theirs.result)}\n`);
    process.stderr.write(`  theirs: ${near(theirs.result, ours.result)}\n`);
  }
  const failed = pairs.filter(({ theirs }) => theirs.result.startsWith('error: '));
  const viaJsdom = requests.filter(({ content }) => isKnownToDiffer(content));
  return [
    compared('documents per CPU second', 'documents/s', perCpuSecond('ours'), perCpuSecond('theirs'), {
      moreIsBetter: true,
      meaning: `${pairs.length} documents one after the other on one thread. Goal: 6 times the baseline.`,
    }),
    compared('median time', 'ms', ...bothMedians(pairs, 'milliseconds'), {
      meaning: 'wall clock for one document, parsing included',
    }),
    compared('median CPU', 'ms', ...bothMedians(pairs, 'cpu'), { meaning: 'CPU for one document, all threads' }),
    {
      label: 'identical',
      value: (100 * (pairs.length - different.length)) / pairs.length,
      unit: '%',
      meaning:
        `${pairs.length - different.length} of ${pairs.length} results equal to the byte; in ${failed.length} of them ` +
        `there is nothing to extract, for both. Different: ${different.map(({ label }) => label).join(', ') || 'none'}. ` +
        `Sent to jsdom for known differences of the parsers: ${viaJsdom.length}. Goal: 99 %.`,
    },
  ];
}

/** All documents through the pool of worker threads, its start included. */
async function measurePool(
  requests: readonly ExtractRequest[],
  pairs: readonly { theirs: Measured }[],
): Promise<Figure> {
  const extractor = createExtractor();
  const baseline = pairs.length / (sum(pairs.map(({ theirs }) => theirs.cpu)) / 1000);
  try {
    const { cpu } = await measure(async () => {
      await Promise.allSettled(requests.map((request) => extractor.extract({ members: [request] })));
      return '';
    });
    return compared(
      'documents per CPU second through the worker threads',
      'documents/s',
      requests.length / (cpu / 1000),
      baseline,
      {
        moreIsBetter: true,
        meaning: 'the same documents, sent to worker threads and back; the start of the workers is included',
      },
    );
  } finally {
    await extractor.close();
  }
}

async function measure(work: () => string | Promise<string>): Promise<Measured> {
  const started = performance.now();
  const before = process.cpuUsage();
  let result: string;
  try {
    result = await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const reason = error instanceof ExtractError ? error.reason : message.startsWith('no match') ? 'no-match' : message;
    result = `error: ${reason}`;
  }
  const { user, system } = process.cpuUsage(before);
  return { milliseconds: performance.now() - started, cpu: (user + system) / 1000, result };
}

function compared(
  label: string,
  unit: string,
  value: number,
  baseline: number,
  { meaning, moreIsBetter = false }: { meaning: string; moreIsBetter?: boolean },
): Figure {
  return { label, value, unit, baseline, ratio: moreIsBetter ? value / baseline : baseline / value, meaning };
}

const bothMedians = (
  pairs: readonly { ours: Measured; theirs: Measured }[],
  key: 'milliseconds' | 'cpu',
): [number, number] => [median(pairs.map(({ ours }) => ours[key])), median(pairs.map(({ theirs }) => theirs[key]))];

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The text around the first difference. */
function near(text: string, other: string): string {
  let index = 0;
  while (index < text.length && text[index] === other[index]) index++;
  return JSON.stringify(text.slice(Math.max(0, index - 40), index + 80));
}

if (!hasDemoData) {
  process.stderr.write('skipped: ../shared/data/demo-snapshots.bundle is not there\n');
  report({ name, figures: [] });
} else {
  report({ name, figures: await run() });
}
