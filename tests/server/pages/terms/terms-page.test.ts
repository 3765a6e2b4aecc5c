import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pagesOfTest } from '../../../helpers/pages.ts';
import { openServed, type ServedOfTest, servedOfTest } from '../../../helpers/served.ts';
import { SMALL_COLLECTIONS, type TestCollection } from '../../../helpers/small-collections.ts';

const TERMS = '/en/harbour/services/Larkmail/Terms%20of%20Service';

let served: ServedOfTest;
beforeAll(async () => {
  served = await openServed();
});
afterAll(() => served.close());

const pages = () => pagesOfTest(served);

/** Texts of the elements that a pattern finds, without marks. */
const all = (document: string, pattern: RegExp): string[] =>
  [...document.matchAll(pattern)].map(([, text = '']) => text.replace(/<[^>]*>/g, '').trim());

const listed = (document: string): string[] => all(document, /<time class="change-date"[^>]*>(.*?)<\/time>/g);

describe('the page of terms', () => {
  test('tells what it is about, how it is tracked, and since when', async () => {
    const document = await pages().document(TERMS);
    expect(all(document, /<h1>(.*?)<\/h1>/g)).toEqual(['Larkmail · Terms of Service']);
    expect(all(document, /<ol class="crumbs">(.*?)<\/ol>/g)).toEqual(['HarbourLarkmail']);
    expect(all(document, /<ul class="counts">(.*?)<\/ul>/g)).toEqual(['4 versions2 alertssince 10 January 2024']);
    expect(document).toContain('not checked yet');
  });

  test('lists alerts, and everything with the reasons why it was none', async () => {
    const { document } = pages();
    const alerts = await document(TERMS);
    expect(listed(alerts)).toEqual(['3 Feb 2025', '1 Jun 2024']);
    expect(alerts).not.toContain('class="why"');
    const [, everything = ''] = /href="\/base([^"]*show=everything[^"]*)#changes">Everything/.exec(alerts) ?? [];
    const whole = await document(everything.replaceAll('&amp;', '&'));
    expect(listed(whole)).toEqual(['3 Feb 2025', '1 Jun 2024', '1 Jun 2024', '10 Jan 2024']);
    expect(all(whole, /<details class="why">(.*?)<\/details>/gs)).toHaveLength(1);
  });

  test('says how to see the rest where nothing was told', async () => {
    const document = await pages().document('/en/harbour/services/Larkmail/Privacy%20Policy');
    expect(all(document, /<div class="empty">(.*?)<\/div>/gs)).toEqual([
      'Nothing has changed that people should be told of. When it does, it will stand here.Show everything (1 more, with reasons)',
    ]);
  });

  test('terms that were never recorded have a page that says so', async () => {
    const document = await pages().document('/en/harbour/services/Unrecorded/Privacy%20Policy');
    expect(document).toContain('Changes will stand here once versions have been recorded.');
    expect(document).not.toContain('<svg class="timeline-chart"');
  });

  test('leads to the latest text, to what changed last, to a day and to two days', async () => {
    const document = await pages().document(TERMS);
    expect(document).toMatch(/href="\/base\/en\/harbour\/services\/Larkmail\/Terms%20of%20Service\/versions\/\w{40}"/);
    expect(document).toMatch(/redlines\/\w{40}\/\w{40}">What changed last: 3 February 2025/);
    expect(document).toMatch(/action="[^"]*\/at"/);
    expect(document).toMatch(/name="from" required value="2024-01-10" max="2026-03-01"/);
  });

  test('the list in other forms has the same filters', async () => {
    const document = await pages().document(`${TERMS}?class=text&year=2024`);
    expect(listed(document)).toEqual(['1 Jun 2024']);
    expect(document).toContain(
      '/base/api/changes?class=text&amp;collection=harbour&amp;service=Larkmail&amp;type=Terms+of+Service&amp;since=2024-01-01&amp;until=2025-01-01&amp;format=csv',
    );
    expect(document).toContain('<link rel="alternate" type="application/atom+xml"');
  });

  test.each([
    ['another service', '?service=Gullnet', 'service'],
    ['its own type', '?type=Terms', 'type'],
    ['no year', '?year=24', 'year'],
    ['an unknown word', '?show=all', 'show'],
  ])('a query that asks for %s is refused with what is wrong', async (_name, query, parameter) => {
    const response = await pages().get(`${TERMS}${query}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(parameter);
  });

  test('unknown names are not found', async () => {
    const { get } = pages();
    const paths = ['/en/harbour/services/Larkmail/Nothing', '/en/harbour/services/Nobody/Terms', '/en/no/services/a/b'];
    expect(await Promise.all(paths.map(async (path) => (await get(path)).status))).toEqual([404, 404, 404]);
  });

  test.each(['fr', 'de', 'es'])('in %s, all of it is translated', async (language) => {
    const document = await pages().document(TERMS.replace('/en/', `/${language}/`));
    for (const english of ['What changed', 'How this is tracked', 'Declarations<', 'All years', 'Everything else']) {
      expect(document).not.toContain(`>${english}`);
    }
  });

  test('the same terms in another collection are named', async () => {
    const document = await pages().document(TERMS);
    expect(document).toMatch(/href="\/base\/en\/lighthouse\/services\/larkmail\/Terms%20of%20Service"/);
  });
});

describe('tracking', () => {
  const at = (date: string): Date => new Date(date);

  async function checked() {
    const tracked = await servedOfTest();
    const facts = {
      ...{ serviceId: 'Larkmail', termsType: 'Terms of Service', location: 'https://www.larkmail.example/terms' },
      ...{ attempt: 1, durationMs: 10 },
    };
    tracked.enter('harbour', (ledger) => {
      const startedAt = at('2024-01-10T08:00:00Z');
      const runId = ledger.startRun({ kind: 'track', startedAt, engineVersion: 'test', services: 1, terms: 1 });
      for (const date of ['2024-01-10T08:00:00Z', '2024-06-01T08:00:00Z', '2025-02-03T08:00:00Z']) {
        ledger.recordCheck({ ...facts, runId, date: at(date), outcome: 'unchanged', snapshotId: 'a'.repeat(40) });
        const seen = { ...facts, runId, status: 'unchanged', date: at(date) } as const;
        ledger.recordTermsOutcome({ ...seen, versionId: undefined, failures: [] });
      }
      ledger.recordCheck({
        ...{ ...facts, runId, date: at('2025-03-01T08:00:00Z'), outcome: 'failed', stage: 'fetch' },
        ...{ reason: 'timeout', message: '<b>no answer</b>' },
      });
      ledger.recordTermsOutcome({
        ...{ ...facts, runId, status: 'failed', versionId: undefined, date: at('2025-03-01T08:00:00Z') },
        failures: [{ location: facts.location, stage: 'fetch', reason: 'timeout', message: '<b>no answer</b>' }],
      });
    });
    return pagesOfTest(tracked);
  }

  test('its checks are counted, and the months in which nothing was seen are named', async () => {
    const document = await (await checked()).document(TERMS);
    expect(document).toContain('>4 checks, 1 of them failed</a>');
    expect(document).toContain('<dd>March 2025, July 2024 to January 2025 and February 2024 to May 2024</dd>');
    expect(document).toContain('1 March 2025 at 08:00 UTC');
  });

  test('every check is listed, newest first, with why it failed', async () => {
    const { document } = await checked();
    const whole = await document(`${TERMS}/checks`);
    expect(all(whole, /<th scope="row">(.*?)<\/th>/g)).toHaveLength(4);
    expect(whole).toContain('the service did not answer in time');
    expect(whole).toContain('&lt;b&gt;no answer');
    const failed = await document(`${TERMS}/checks?outcome=failed`);
    expect(all(failed, /<th scope="row">(.*?)<\/th>/g)).toEqual(['1 March 2025 at 08:00 UTC']);
  });

  test('of a mirror no checks are known, and the page says where they are', async () => {
    const document = await pages().document('/en/lighthouse/services/Gullnet/Privacy%20Policy/checks');
    expect(document).toContain('Checks without a new record are known only there.');
  });
});

test('declarations over time stand with the time in which they were in force', async () => {
  const [harbour] = SMALL_COLLECTIONS;
  const withHistory: TestCollection = {
    ...(harbour ?? { id: 'harbour' }),
    declarations: {
      ...harbour?.declarations,
      'Larkmail.history': {
        'Terms of Service': [
          { fetch: 'https://old.larkmail.example/terms', select: '#old', validUntil: '2024-05-01T10:00:00Z' },
        ],
      },
    },
  };
  const document = await pagesOfTest(await servedOfTest({ collections: [withHistory] })).document(TERMS);
  expect(all(document, /<details class="declaration"[^>]*>\s*<summary>(.*?)<\/summary>/g)).toEqual([
    'in force today, since 1 May 2024',
    'until 1 May 2024',
  ]);
  expect(document).toContain('https://old.larkmail.example/terms');
  expect(document).toContain('rel="nofollow noopener noreferrer"');
});

test('names that would break out of the document do not', async () => {
  const serviceId = `"><script>alert('x')`;
  const hostile = await openServed({
    collections: [
      {
        id: 'hostile',
        records: [1, 2].map((month) => ({
          ...{ serviceId, termsType: '"><img src=x onerror=alert(1)>' },
          ...{ date: `2024-0${month}-01T08:00:00Z`, content: `We keep <script>alert(${month})</script> letters.` },
        })),
      },
    ],
  });
  try {
    const { document } = pagesOfTest(hostile);
    const path = `/en/hostile/services/${encodeURIComponent(serviceId)}`;
    for (const page of [path, `${path}/${encodeURIComponent('"><img src=x onerror=alert(1)>')}?show=everything`]) {
      const text = await document(page);
      expect(text).not.toMatch(/<script>|<img/);
    }
  } finally {
    await hostile.close();
  }
});
