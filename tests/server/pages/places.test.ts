import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PAGE_LANGUAGES } from '../../../server/pages/languages.ts';
import { pagesOfTest } from '../../helpers/pages.ts';
import { openServed, type ServedOfTest, servedOfTest } from '../../helpers/served.ts';
import { SMALL_COLLECTIONS } from '../../helpers/small-collections.ts';

const LISTS = `
post:
  name: Post & Ferries
  description: What carries something.
  members:
    - harbour/Larkmail
    - lighthouse/larkmail
`;
const FAILURE = { stage: 'extract', reason: 'no-match', message: 'No element matches “main”.' } as const;

let served: ServedOfTest;
let failing: ServedOfTest;

beforeAll(async () => {
  served = await openServed({ lists: LISTS });
  failing = await openServed();
  failing.enter('harbour', (ledger) => {
    for (let day = 20; day < 23; day++) {
      const date = new Date(Date.UTC(2026, 1, day));
      const run = { kind: 'track', startedAt: date, engineVersion: 'clausewatch/0', services: 3, terms: 4 } as const;
      const runId = ledger.startRun(run);
      const names = { runId, date, serviceId: 'Larkmail', termsType: 'Terms of Service' };
      const location = 'https://www.larkmail.example/terms';
      ledger.recordCheck({
        ...{ ...names, documentId: undefined, location, attempt: 1, durationMs: 9 },
        ...{ ...FAILURE, outcome: 'failed', httpStatus: 200 },
      });
      ledger.recordTermsOutcome({
        ...names,
        versionId: undefined,
        status: 'failed',
        failures: [{ location, ...FAILURE }],
      });
      ledger.endRun({ runId, endedAt: date, status: 'completed', counts: {} });
    }
  });
});
afterAll(() => Promise.all([served.close(), failing.close()]));

const textOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const namesIn = (html: string): string[] =>
  [...html.matchAll(/class="row-name"><a[^>]*><bdi>([^<]*)/g)].map(([, name]) => name ?? '');

const pages = () => pagesOfTest(served);

describe('the services', () => {
  test('of all collections are listed by name, with their terms and what stands of them', async () => {
    const html = await pages().document('/en/services');
    expect(namesIn(html)).toEqual(['Ferry &amp; Sons', 'Gullnet', 'Larkmail', 'Larkmail', 'Old Harbour', 'Unrecorded']);
    expect(html).toContain('href="/base/en/harbour/services/Larkmail/Terms%20of%20Service"');
    expect(textOf(html)).toMatch(
      /Larkmail Harbour Terms of Service Privacy Policy 5 versions · latest version 3 February 2025/,
    );
    expect(textOf(html)).toMatch(/Old Harbour Harbour Terms of Service 1 version .* no longer tracked/);
    expect(textOf(html)).toContain('6 services with 7 terms');
  });

  test.each([
    ['name=LARK', ['Larkmail', 'Larkmail']],
    ['q=gull', ['Gullnet']],
    ['name=', ['Ferry &amp; Sons', 'Gullnet', 'Larkmail', 'Larkmail', 'Old Harbour', 'Unrecorded']],
    ['collection=lighthouse', ['Gullnet', 'Larkmail']],
    ['list=post', ['Larkmail', 'Larkmail']],
    ['type=Privacy+Policy', ['Gullnet', 'Larkmail', 'Unrecorded']],
    ['letter=O', ['Old Harbour']],
    ['offset=4', ['Old Harbour', 'Unrecorded']],
  ])('are found by %s', async (query, expected) => {
    expect(namesIn(await pages().document(`/en/services?${query}`))).toEqual(expected);
  });

  test('are there as files, narrowed as they are', async () => {
    const html = await pages().document('/en/services?collection=harbour&name=lark');
    expect(html).toContain('href="/base/api/services?collection=harbour&amp;name=lark&amp;format=csv" type="text/csv"');
    expect(await pages().document('/en/services?letter=L')).not.toContain('class="exports');
  });

  test('stay narrowed to a terms type where a name is looked for', async () => {
    const html = await pages().document('/en/services?type=Privacy+Policy&type=Imprint');
    expect(html.match(/<input type="hidden" name="type" value="(?:Privacy Policy|Imprint)">/g)).toHaveLength(2);
  });

  test('that are not there: what to do now', async () => {
    const html = await pages().document('/en/services?name=%3Cb%3Enobody');
    expect(html).toContain('No service has “&lt;b&gt;nobody” in its name.');
    expect(html).toContain('href="/base/en/search?q=%3Cb%3Enobody"');
  });

  test('that fail say so', async () => {
    const html = await pagesOfTest(failing).document('/en/services?name=Larkmail&collection=harbour');
    expect(textOf(html)).toMatch(/Terms of Service ⚠ failing Privacy Policy/);
  });

  test('fill several pages, none twice and none left out', async () => {
    const declarations = Object.fromEntries(
      Array.from({ length: 230 }, (_, number) => [
        `s${number}`,
        { name: `Service ${number}`, terms: { Imprint: { fetch: `https://s${number}.example/`, select: 'body' } } },
      ]),
    );
    const { document } = pagesOfTest(await servedOfTest({ collections: [{ id: 'many', declarations, records: [] }] }));
    const seen: string[] = [];
    let path: string | undefined = '/en/services';
    while (path !== undefined) {
      const html: string = await document(path);
      seen.push(...namesIn(html));
      path = /<a href="\/base([^"]+)" rel="next">/.exec(html)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(seen).toHaveLength(230);
    expect(new Set(seen).size).toBe(230);
  });
});

describe('a collection', () => {
  test('tells what it is, what changed last, and how to follow it', async () => {
    const html = await pages().document('/en/harbour');
    const text = textOf(html);
    expect(html).toContain('<h1><bdi>Harbour</bdi></h1>');
    expect(text).toContain('Fictional services of Harbour');
    expect(html).toContain('<ins>');
    expect(html).toContain('href="/base/feeds/atom?collection=harbour"');
    expect(text).toContain('recorded by this installation');
    expect(text).toContain('English');
  });

  test.each([
    ['ODbL-1.0', 'may be used under this licence: ODbL-1.0', 'https://spdx.org/licenses/ODbL-1.0.html'],
    ['LicenseRef-Harbour', 'may be used under this licence: LicenseRef-Harbour', undefined],
    ['NOASSERTION', 'is said by whoever keeps them', undefined],
  ])('says under which licence its records are: %s', async (licence, said, link) => {
    const harbour = served.get('harbour');
    const get = (id: string) =>
      id === 'harbour' && harbour ? { ...harbour, licence: async () => licence } : undefined;
    const html = await pagesOfTest({ ...served, get }).document('/en/harbour');
    expect(textOf(html)).toContain(said);
    expect(html.includes('spdx.org')).toBe(link !== undefined);
    if (link !== undefined) expect(html).toContain(`href="${link}"`);
  });

  test('has its own words in the reader’s language, and whatever they hold can do nothing', async () => {
    const metadata = [
      'id: odd',
      'name: Odd',
      'tagline: <img src=x onerror=alert(1)>',
      'languages: [en]',
      'jurisdictions: [EU, FR]',
      "description: '[click](javascript:alert(1)) <script>alert(2)</script>'",
      'governance:\n  Harbour Office:\n    url: https://office.example/\n    roles: [host, curator]',
      'i18n:\n  de:\n    name: Seltsam\n    tagline: 7\n    description: Eine **seltsame** Sammlung.\n    governance:\n      Harbour Office:\n        name: Hafenamt',
      '',
    ].join('\n');
    const declarations = SMALL_COLLECTIONS[0]?.declarations;
    const { document } = pagesOfTest(
      await servedOfTest({ collections: [{ id: 'odd', metadata, ...(declarations && { declarations }) }] }),
    );
    const english = await document('/en/odd');
    expect(english).not.toMatch(/<img|<script>|href="javascript/);
    expect(english).toContain('rel="nofollow noopener noreferrer"><bdi>Harbour Office</bdi>');
    const german = await document('/de/odd');
    expect(german).toContain('<h1><bdi>Seltsam</bdi></h1>');
    expect(german).toContain('Eine <strong>seltsame</strong> Sammlung.');
    expect(german).toContain('<p class="lead" dir="auto" lang="en">&lt;img');
    expect(german).toContain('Hafenamt');
    expect(german).toContain('<dd>Europäische Union und Frankreich</dd>');
  });
});

describe('the state of tracking', () => {
  test('tells of each collection what is known', async () => {
    const text = textOf(await pages().document('/en/health'));
    expect(text).toMatch(/Harbour .*The index was brought up to date .*Nothing was checked here yet/);
    expect(text).toMatch(/Lighthouse .*This collection is recorded elsewhere/);
  });

  test('groups what fails by reason, with what helps', async () => {
    const text = textOf(await pagesOfTest(failing).document('/en/health'));
    expect(text).toContain('1 of 4 terms declared is failing.');
    expect(text).toMatch(/no element matches what is declared 1 terms .*Adapt the selectors/);
    expect(text).toMatch(/Larkmail · Terms of Service 20 Feb 2026 3 checks/);
  });
});

describe('named lists', () => {
  test('are listed, and each has its services and feeds', async () => {
    const { document } = pages();
    expect(await document('/en/lists')).toContain('<a href="/base/en/lists/post"><bdi>Post &amp; Ferries</bdi></a>');
    const html = await document('/en/lists/post');
    expect(namesIn(html)).toEqual(['Larkmail', 'Larkmail']);
    expect(html).toContain('href="/base/feeds/atom?list=post"');
    expect(html).toContain('href="/base/api/changes?list=post&amp;format=csv"');
    expect(html).toContain('href="/base/api/changes?list=post" type="application/json"');
  });

  test('that are none: where they would come from', async () => {
    const { document } = pagesOfTest(await servedOfTest());
    expect(textOf(await document('/en/lists'))).toContain('Lists will stand here');
  });
});

test('the page about the server says where to ask for a service, of collections that say where they are kept', async () => {
  const metadata =
    'id: forge\nname: The <Forge>\ntagline: Fictional services\nlanguages: [en]\njurisdictions: [EU]\ndeclarations: https://git.example/forge\n';
  const { document } = pagesOfTest(
    await servedOfTest({ collections: [...SMALL_COLLECTIONS, { id: 'forge', declarations: {}, metadata }] }),
  );
  const html = await document('/en/about');
  const [, asked = ''] = html.split('<h3 id="request">');
  expect(textOf(asked)).toMatch(/^How to ask for a service/);
  expect(asked).toContain('href="https://git.example/forge"');
  expect(textOf(asked)).toContain('The &lt;Forge&gt; – Declarations');
});

describe.each(PAGE_LANGUAGES)('in %s', (language) => {
  test.each(['/about', '/privacy', '/services', '/health', '/lists', '/harbour'])('%s is whole', async (path) => {
    const { document, errors } = pages();
    const html = await document(`/${language}${path}`);
    expect(html).toContain(`<html lang="${language}">`);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).not.toMatch(/\[object |undefined|NaN| style="| on[a-z]+="/);
    expect(html).not.toMatch(/\{[a-z]+[,}]/);
    expect(errors).toEqual([]);
    const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels.every((level, place) => place === 0 || level <= (levels[place - 1] ?? 0) + 1)).toBe(true);
  });
});

test('the privacy page says what the access log is set to', async () => {
  const { document } = pages();
  expect(textOf(await document('/en/privacy'))).toContain('neither who asked nor what was searched for');
});
