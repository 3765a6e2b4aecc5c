import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startTerms, type TermsSite } from '../helpers/terms-site.ts';
import { type TestTracker, trackerOfTest } from '../helpers/tracker.ts';

const PAGE = (text: string, extra = ''): string =>
  `<!doctype html><title>Terms</title><nav>Menu</nav><main><h1>Terms</h1><p>${text}</p></main>${extra}`;

/** A site with one document, its declaration, and a tracker over a real archive. */
async function setUp(): Promise<{ site: TermsSite; tracker: TestTracker }> {
  const site = await startTerms({ '/terms': PAGE('You may cancel within 30 days.') });
  const tracker = await trackerOfTest({ fetcher: { allowAddresses: [site.address] } });
  return { site, tracker };
}

const single = (site: TermsSite, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  'Terms of Service': { fetch: `${site.origin}/terms`, select: 'main', ...more },
});

describe('one terms, run after run', () => {
  test('is recorded, found unchanged, and recorded again when its text changes', async () => {
    const { site, tracker } = await setUp();
    expect(await tracker.statuses(single(site))).toEqual(['first']);
    expect(await tracker.statuses(single(site))).toEqual(['unchanged']);
    site.documents['/terms'] = PAGE('You may cancel within 14 days.');
    expect(await tracker.statuses(single(site))).toEqual(['changed']);
    expect(await tracker.versions('Example')).toEqual([
      { subject: 'First record of Example Terms of Service', text: 'Terms\n=====\n\nYou may cancel within 30 days.' },
      {
        subject: 'Record new changes of Example Terms of Service',
        text: 'Terms\n=====\n\nYou may cancel within 14 days.',
      },
    ]);
  });

  test('a change outside the selection gives a snapshot and no version', async () => {
    const { site, tracker } = await setUp();
    await tracker.statuses(single(site));
    site.documents['/terms'] = PAGE('You may cancel within 30 days.', '<footer>News</footer>');
    expect(await tracker.statuses(single(site))).toEqual(['unchanged']);
    expect(await tracker.subjects('snapshots')).toHaveLength(2);
    expect(await tracker.subjects('versions')).toHaveLength(1);
  });

  test('a server that can say "not modified" is asked, and its 304 is entered as a check', async () => {
    const { site, tracker } = await setUp();
    site.sendsEtags = true;
    await tracker.statuses(single(site));
    await tracker.statuses(single(site));
    expect(site.answers).toEqual([200, 304]);
    expect(tracker.checks().map(({ outcome }) => outcome)).toEqual(['new', 'not-modified']);
  });

  test('a 304 still extracts when the declaration changed since', async () => {
    const { site, tracker } = await setUp();
    site.sendsEtags = true;
    await tracker.statuses(single(site));
    expect(await tracker.statuses(single(site, { remove: 'h1' }))).toEqual(['upgraded']);
    expect(site.answers).toEqual([200, 304]);
    expect((await tracker.versions('Example')).at(-1)).toEqual({
      subject: 'Apply technical or declaration upgrade on Example Terms of Service',
      text: 'You may cancel within 30 days.',
    });
  });

  test('nothing is extracted again when nothing changed', async () => {
    const { site, tracker } = await setUp();
    await tracker.statuses(single(site));
    const before = tracker.extractions();
    await tracker.statuses(single(site));
    expect(tracker.extractions()).toBe(before);
  });

  test('a failure is entered with its reason and leaves the archive alone', async () => {
    const { site, tracker } = await setUp();
    await tracker.statuses(single(site));
    delete site.documents['/terms'];
    const [outcome] = await tracker.run(tracker.declare(single(site)));
    expect(outcome).toMatchObject({ status: 'failed', failures: [{ stage: 'fetch', reason: 'not-found' }] });
    expect(tracker.checks().at(-1)).toMatchObject({ outcome: 'failed', reason: 'not-found', httpStatus: 404 });
    expect(await tracker.subjects('snapshots')).toHaveLength(1);
  });

  test('a selector that no longer matches keeps the snapshot and records no version', async () => {
    const { site, tracker } = await setUp();
    await tracker.statuses(single(site));
    site.documents['/terms'] = '<!doctype html><article>Moved elsewhere.</article>';
    const [outcome] = await tracker.run(tracker.declare(single(site)));
    expect(outcome).toMatchObject({ status: 'failed', failures: [{ stage: 'extract', reason: 'no-match' }] });
    expect(await tracker.subjects('snapshots')).toHaveLength(2);
    expect(await tracker.subjects('versions')).toHaveLength(1);
    // The same failure again, known without another extraction.
    const before = tracker.extractions();
    expect(await tracker.statuses(single(site))).toEqual(['failed']);
    expect(tracker.extractions()).toBe(before);
  });

  test('what fails for a passing reason is tried once more at the end of the run', async () => {
    const { site, tracker } = await setUp();
    site.failOnce('/terms', 503);
    expect(await tracker.statuses(single(site))).toEqual(['first']);
    expect(tracker.checks().map(({ outcome, attempt }) => [outcome, attempt])).toEqual([
      ['failed', 1],
      ['new', 2],
    ]);
  });
});

test('a document that holds several terms is fetched once a run', async () => {
  const { site, tracker } = await setUp();
  const both = { ...single(site), 'Privacy Policy': { fetch: `${site.origin}/terms`, select: 'h1' } };
  expect(await tracker.statuses(both)).toEqual(['first', 'first']);
  expect(site.answers).toEqual([200]);
  expect(await tracker.statuses(both)).toEqual(['unchanged', 'unchanged']);
  expect(site.answers).toEqual([200, 200]);
  expect(tracker.checks()).toHaveLength(4);
});

describe('combined terms', () => {
  const combined = (site: TermsSite): Record<string, unknown> => ({
    'Privacy Policy': {
      select: 'main',
      combine: [{ fetch: `${site.origin}/terms` }, { fetch: `${site.origin}/annex/cookies.html` }],
    },
  });

  test('are joined, with a snapshot for each document', async () => {
    const { site, tracker } = await setUp();
    site.documents['/annex/cookies.html'] = PAGE('Cookies are small.');
    expect(await tracker.statuses(combined(site))).toEqual(['first']);
    const [version] = await tracker.versions('Example');
    expect(version?.text).toBe(
      'Terms\n=====\n\nYou may cancel within 30 days.\n\n- - -\n\nTerms\n=====\n\nCookies are small.',
    );
    expect((await tracker.files('snapshots')).sort()).toEqual([
      'Example/Privacy Policy #annex-cookies.html',
      'Example/Privacy Policy #terms.html',
    ]);
  });

  test('a member that fails is reported and does not hold back the changes of the others', async () => {
    const { site, tracker } = await setUp();
    site.documents['/annex/cookies.html'] = PAGE('Cookies are small.');
    await tracker.statuses(combined(site));
    delete site.documents['/annex/cookies.html'];
    site.documents['/terms'] = PAGE('You may cancel within 14 days.');
    const [outcome] = await tracker.run(tracker.declare(combined(site)));
    expect(outcome).toMatchObject({ status: 'failed', failures: [{ reason: 'not-found' }] });
    expect(outcome?.versionId).toBeDefined();
    expect((await tracker.versions('Example')).at(-1)?.text).toContain('14 days');
  });

  test('without any snapshot of a failing member there is no version', async () => {
    const { site, tracker } = await setUp();
    expect(await tracker.statuses(combined(site))).toEqual(['failed']);
    expect(await tracker.subjects('versions')).toEqual([]);
    expect(await tracker.subjects('snapshots')).toHaveLength(1);
  });

  test('a member newly added is fetched for the technical upgrade, the others are not', async () => {
    const { site, tracker } = await setUp();
    site.documents['/annex/cookies.html'] = PAGE('Cookies are small.');
    site.documents['/annex/more.html'] = PAGE('More of them.');
    await tracker.statuses(combined(site));
    site.answers.length = 0;
    const declared = combined(site);
    (declared['Privacy Policy'] as { combine: unknown[] }).combine.push({ fetch: `${site.origin}/annex/more.html` });
    expect(await tracker.statuses(declared, 'upgrade')).toEqual(['upgraded']);
    expect(site.answers).toEqual([200]);
    expect((await tracker.versions('Example')).at(-1)?.text).toContain('More of them.');
  });
});

describe('technical upgrades', () => {
  test('of a changed selector carry the date of their snapshot and are recorded before tracking', async () => {
    const { site, tracker } = await setUp();
    await tracker.statuses(single(site));
    site.documents['/terms'] = PAGE('You may cancel within 14 days.');
    expect(await tracker.statuses(single(site, { remove: 'h1' }))).toEqual(['changed']);
    expect(
      (await tracker.versions('Example')).map(({ subject, text }) => [
        subject.replace(/ (of|on) Example .*/, ''),
        text,
      ]),
    ).toEqual([
      ['First record', 'Terms\n=====\n\nYou may cancel within 30 days.'],
      ['Apply technical or declaration upgrade', 'You may cancel within 30 days.'],
      ['Record new changes', 'You may cancel within 14 days.'],
    ]);
  });

  test('a change of location alone is none', async () => {
    const { site, tracker } = await setUp();
    site.documents['/moved'] = PAGE('You may cancel within 30 days.');
    await tracker.statuses(single(site));
    expect(await tracker.statuses(single(site, { fetch: `${site.origin}/moved` }))).toEqual(['unchanged']);
    expect(await tracker.subjects('versions')).toHaveLength(1);
  });

  test('a filter whose code changed is one', async () => {
    const { site, tracker } = await setUp();
    const declared = single(site, { filter: ['shout'] });
    const filters = join(tracker.collectionDirectory, 'declarations', 'Example.filters.js');
    await writeFile(filters, `export function shout(document) { document.querySelector('p').append('!'); }\n`);
    expect(await tracker.statuses(declared)).toEqual(['first']);
    await writeFile(filters, (await readFile(filters, 'utf8')).replace("'!'", "'!!'"));
    expect(await tracker.statuses(declared)).toEqual(['upgraded']);
  });

  test('a snapshot left without its version by a kill gives an ordinary change, not an upgrade', async () => {
    const { site, tracker } = await setUp();
    await tracker.statuses(single(site));
    await tracker.recorder.recordSnapshot({
      serviceId: 'Example',
      termsType: 'Terms of Service',
      documentId: undefined,
      mimeType: 'text/html',
      content: Buffer.from(PAGE('You may cancel within 7 days.')),
      fetcher: 'htmlOnly',
      location: `${site.origin}/terms`,
      fetchDate: new Date(),
    });
    site.documents['/terms'] = PAGE('You may cancel within 7 days.');
    expect(await tracker.statuses(single(site))).toEqual(['changed']);
    expect((await tracker.versions('Example')).at(-1)?.subject).toBe('Record new changes of Example Terms of Service');
  });
});

test('a rehearsal shows what would be recorded and writes nothing', async () => {
  const { site, tracker } = await setUp();
  await tracker.statuses(single(site));
  site.documents['/terms'] = PAGE('You may cancel within 14 days.');
  const before = await tracker.fingerprint();
  const rehearsal = await tracker.rehearse(single(site, { remove: 'h1' }));
  expect(
    rehearsal.map(({ before: old, draft }) => [
      draft.isTechnicalUpgrade,
      old?.includes('=====') ?? null,
      draft.content,
    ]),
  ).toEqual([
    [true, true, 'You may cancel within 30 days.'],
    [false, false, 'You may cancel within 14 days.'],
  ]);
  expect(await tracker.fingerprint()).toEqual(before);
});

describe("what is ours and what is the service's", () => {
  test("a change whose extraction failed at first is the service's", async () => {
    const { site, tracker } = await setUp();
    await tracker.statuses(single(site));
    site.documents['/terms'] = PAGE('You may cancel within 14 days.');
    tracker.failNextExtraction();
    expect(await tracker.statuses(single(site))).toEqual(['changed']);
    expect((await tracker.versions('Example')).at(-1)?.subject).toBe('Record new changes of Example Terms of Service');
  });

  test("a document that was rebuilt, with a selector corrected afterwards, is the service's", async () => {
    const { site, tracker } = await setUp();
    await tracker.statuses(single(site));
    site.documents['/terms'] = '<!doctype html><article><h1>Terms</h1><p>You may cancel within 14 days.</p></article>';
    expect(await tracker.statuses(single(site))).toEqual(['failed']);
    expect(await tracker.statuses(single(site, { select: 'article' }))).toEqual(['changed']);
  });

  test('a filter that changed, its former code in the history, applies to the snapshot that there is', async () => {
    const { site, tracker } = await setUp();
    const declared = single(site, { filter: ['shout'] });
    const file = (name: string): string => join(tracker.collectionDirectory, 'declarations', name);
    const filter = (mark: string): string =>
      `function shout(document) { document.querySelector('p').append('${mark}'); }`;
    await writeFile(file('Example.filters.js'), `export ${filter('!')}\n`);
    expect(await tracker.statuses(declared)).toEqual(['first']);
    const validUntil = new Date(Date.now() + 500).toISOString();
    const history = `export const shout = [{ validUntil: '${validUntil}', filter: ${filter('!')} }];\n`;
    await writeFile(file('Example.filters.history.js'), history);
    await writeFile(file('Example.filters.js'), `export ${filter('!!')}\n`);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await tracker.statuses(declared)).toEqual(['upgraded']);
    expect((await tracker.versions('Example')).at(-1)?.text).toMatch(/days\.!!$/);
  });
});
