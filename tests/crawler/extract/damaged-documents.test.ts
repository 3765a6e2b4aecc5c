import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ExtractError } from '../../../crawler/extract/extract-error.ts';
import { extractHere } from '../../../crawler/extract/extract-here.ts';
import type { ExtractRequest } from '../../../crawler/extract/extract-request.ts';
import { damagedHtml, damagedPdfs } from '../../helpers/damaged-documents.ts';

/** How often each outcome came: text, the reasons of typed errors, and anything else by its name. */
async function outcomes(requests: readonly ExtractRequest[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const request of requests) {
    const outcome = await extractHere(request).then(
      () => 'text',
      (error: unknown) => (error instanceof ExtractError ? error.reason : `untyped ${String(error)}`),
    );
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    // What jsdom holds by weak references is freed only after the turn of the event loop: 500 MB after 1,000 documents else.
    await setImmediate();
  }
  return counts;
}

test('2,000 damaged HTML documents give text or a typed error', async () => {
  const counts = await outcomes(damagedHtml(2_000, 1));
  expect(Object.keys(counts).filter((outcome) => !/^(?:text|no-match|empty|unreadable)$/.test(outcome))).toEqual([]);
  expect(counts.text).toBeGreaterThan(1_000);
  expect(counts['no-match']).toBeGreaterThan(10);
});

test('500 damaged PDFs give text or a typed error', async () => {
  const counts = await outcomes(await damagedPdfs(500, 2));
  expect(Object.keys(counts).sort()).toEqual(['empty', 'text', 'unreadable']);
});
