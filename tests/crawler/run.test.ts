import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startTerms, type TermsSite } from '../helpers/terms-site.ts';
import { type TestTracker, trackerOfTest } from '../helpers/tracker.ts';

const PAGE = (text: string): string => `<!doctype html><main><p>${text}</p></main>`;

async function setUp(): Promise<{ site: TermsSite; tracker: TestTracker }> {
  const site = await startTerms({ '/one': PAGE('One.'), '/two': PAGE('Two.') });
  return { site, tracker: await trackerOfTest({ fetcher: { allowAddresses: [site.address] } }) };
}

test('a fault of ours at one document is a failure of its terms alone', async () => {
  const { site, tracker } = await setUp();
  const filters = join(tracker.collectionDirectory, 'declarations', 'Example.filters.js');
  await writeFile(filters, 'export function nothing() {}\n');
  const services = tracker.declare({
    'Terms of Service': { fetch: `${site.origin}/one`, select: 'main', filter: ['nothing'] },
    'Privacy Policy': { fetch: `${site.origin}/two`, select: 'main' },
  });
  await rm(filters);
  const failure = { stage: 'internal', reason: 'internal', location: `${site.origin}/one`, isTransient: false };
  expect(await tracker.run(services)).toMatchObject([
    {
      termsType: 'Terms of Service',
      status: 'failed',
      failures: [{ ...failure, message: expect.stringContaining('ENOENT') }],
    },
    { termsType: 'Privacy Policy', status: 'first' },
  ]);
});

test('outcomes come in the order of the declarations, however long each took', async () => {
  const { site, tracker } = await setUp();
  site.failOnce('/one', 503);
  const outcomes = await tracker.run(
    tracker.declare({
      'Terms of Service': { fetch: `${site.origin}/one`, select: 'main' },
      'Privacy Policy': { fetch: `${site.origin}/two`, select: 'main' },
    }),
  );
  expect(outcomes.map(({ termsType, status }) => [termsType, status])).toEqual([
    ['Terms of Service', 'first'],
    ['Privacy Policy', 'first'],
  ]);
});

describe('what was recorded before a second try is not forgotten by it', () => {
  const combined = (site: TermsSite): Record<string, unknown> => ({
    'Terms of Service': { select: 'main', combine: [{ fetch: `${site.origin}/one` }, { fetch: `${site.origin}/two` }] },
  });

  test('where that finds nothing more', async () => {
    const { site, tracker } = await setUp();
    await tracker.statuses(combined(site));
    site.documents['/one'] = PAGE('One, changed.');
    site.failOnce('/two', 503);
    const [outcome] = await tracker.run(tracker.declare(combined(site)));
    expect(outcome).toMatchObject({ status: 'changed', versionId: expect.any(String), failures: [] });
    expect(await tracker.subjects('versions')).toHaveLength(2);
  });

  test('where a technical upgrade was recorded and the fetch then fails', async () => {
    const { site, tracker } = await setUp();
    const declared = { 'Terms of Service': { fetch: `${site.origin}/one`, select: 'main' } };
    site.documents['/one'] = '<!doctype html><main><p>One.</p></main><b>Old</b>';
    await tracker.statuses(declared);
    delete site.documents['/one'];
    const [outcome] = await tracker.run(
      tracker.declare({ 'Terms of Service': { fetch: `${site.origin}/one`, select: 'body' } }),
    );
    expect(outcome).toMatchObject({
      status: 'failed',
      versionId: expect.any(String),
      failures: [{ reason: 'not-found' }],
    });
    expect((await tracker.subjects('versions')).at(-1)).toMatch(/^Apply technical/);
  });
});

test('a first snapshot left without a version by a kill gives a first record', async () => {
  const { site, tracker } = await setUp();
  const { acknowledged } = await tracker.recorder.recordSnapshot({
    serviceId: 'Example',
    termsType: 'Terms of Service',
    documentId: undefined,
    mimeType: 'text/html',
    content: Buffer.from(PAGE('One.')),
    fetcher: 'htmlOnly',
    location: `${site.origin}/one`,
    fetchDate: new Date(),
  });
  await acknowledged;
  const declared = { 'Terms of Service': { fetch: `${site.origin}/one`, select: 'main' } };
  expect(await tracker.statuses(declared)).toEqual(['first']);
  expect(await tracker.subjects('versions')).toEqual(['First record of Example Terms of Service']);
});
