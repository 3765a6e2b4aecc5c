import { ExtractError } from '../../crawler/extract/extract-error.ts';
import type { ExtractRequest } from '../../crawler/extract/extract-request.ts';
import { createExtractor } from '../../crawler/extract/extractor.ts';
import { damagedHtml, damagedPdfs } from '../helpers/damaged-documents.ts';
import { type Figure, report } from './figures.ts';

/** Damaged documents of each kind, through the workers as in a run of the tracker. */
const DOCUMENTS = 5_000;
/** At once: as many as keep the workers busy. */
const AT_ONCE = 4;

interface Outcomes {
  readonly counts: Map<string, number>;
  readonly slowest: number;
}

async function extractAll(requests: readonly ExtractRequest[]): Promise<Outcomes> {
  const extractor = createExtractor();
  const counts = new Map<string, number>();
  const queue = [...requests];
  let slowest = 0;
  try {
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let request = queue.pop(); request !== undefined; request = queue.pop()) {
          const started = performance.now();
          const outcome = await extractor.extract({ members: [request] }).then(
            () => 'text',
            (error: unknown) => (error instanceof ExtractError ? error.reason : `untyped: ${String(error)}`),
          );
          slowest = Math.max(slowest, performance.now() - started);
          counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
        }
      }),
    );
  } finally {
    await extractor.close();
  }
  return { counts, slowest };
}

function figuresOf(kind: string, { counts, slowest }: Outcomes): Figure[] {
  const untyped = [...counts].filter(([outcome]) => outcome.startsWith('untyped'));
  const list = [...counts].map(([outcome, count]) => `${outcome} ${count}`).join(', ');
  return [
    {
      label: `damaged ${kind} with neither text nor a typed error`,
      value: untyped.reduce((sum, [, count]) => sum + count, 0),
      unit: `of ${DOCUMENTS}`,
      meaning: `Outcomes: ${list}.`,
    },
    {
      label: `slowest ${kind}`,
      value: slowest,
      unit: 'ms',
      meaning: 'From the request to the answer, waiting included.',
    },
  ];
}

report({
  name: 'fuzz: damaged documents through the extraction workers',
  figures: [
    ...figuresOf('HTML documents', await extractAll(damagedHtml(DOCUMENTS, 11))),
    ...figuresOf('PDFs', await extractAll(await damagedPdfs(DOCUMENTS, 12))),
  ],
});
