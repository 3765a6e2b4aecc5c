import { afterAll, beforeAll, expect, test } from 'vitest';
import { pagesOfTest } from '../../../helpers/pages.ts';
import { openServed, type ServedOfTest } from '../../../helpers/served.ts';

const SERVICE = '/en/harbour/services/Larkmail';
const LISTS = 'post:\n  name: Post\n  members:\n    - harbour/Larkmail\n';

let served: ServedOfTest;
beforeAll(async () => {
  served = await openServed({ lists: LISTS });
});
afterAll(() => served.close());

const ofTest = () => pagesOfTest(served);
const rows = (document: string): string[] =>
  [...document.matchAll(/<p class="row-name"><a [^>]*><bdi>(.*?)<\/bdi>/g)].map(([, name = '']) => name);

test('a service has its terms with the state of each, a timeline, and what changed', async () => {
  const document = await ofTest().document(SERVICE);
  expect(document).toContain('<h1><bdi>Larkmail</bdi></h1>');
  expect(document).toContain('<li>2 terms</li><li>5 versions</li><li>2 alerts</li>');
  expect(rows(document)).toEqual(['Terms of Service', 'Privacy Policy']);
  expect(document).toContain('<svg class="timeline-chart" aria-hidden="true"');
  expect(document.match(/<li class="change/g)).toHaveLength(2);
  expect(document).toMatch(/redlines\/\w{40}\/\w{40}">What changed last: 3 February 2025/);
});

test('its list can be narrowed to a terms type', async () => {
  const { document } = ofTest();
  expect(await document(`${SERVICE}?type=Privacy+Policy`)).toContain('No alert matches.');
});

test('a month of the timeline leads to the list of that month', async () => {
  const { document } = ofTest();
  const [, link = ''] = /href="\/base([^"]*since=2024-06-01[^"]*)#changes"><title>June 2024, alerts/.exec(
    await document(SERVICE),
  ) ?? [''];
  const month = await document(link.replaceAll('&amp;', '&'));
  expect(month.match(/<li class="change/g)).toHaveLength(1);
  expect(month).toContain('class="timeline-chosen"');
});

test('a service that is no longer declared has its records, and says so', async () => {
  const document = await ofTest().document('/en/harbour/services/Old%20Harbour');
  expect(document).toContain('<li>no longer tracked</li>');
});

test('a service that was never recorded says that nothing is', async () => {
  const document = await ofTest().document('/en/harbour/services/Unrecorded');
  expect(document).toContain('nothing recorded yet');
  expect(document).not.toContain('<svg class="timeline-chart"');
});

test('lists and other collections that have it are named', async () => {
  const document = await ofTest().document(SERVICE);
  expect(document).toContain('href="/base/en/lighthouse/services/larkmail"');
  expect(document).toContain('href="/base/en/lists/post"');
});

test('an unknown service is not found', async () => {
  const response = await ofTest().get('/en/harbour/services/larkmail');
  expect(response.status).toBe(404);
});

test('of a mirror, it is said once until when there are records; of each of its terms what was recorded', async () => {
  const document = await pagesOfTest(served).document('/en/lighthouse/services/Gullnet');
  expect(document.match(/These records are made elsewhere/g)).toHaveLength(1);
  expect(document).toMatch(/Latest version in the whole collection: \d+ \w+ 20\d\d\./);
  expect(document).toMatch(/<span class="tracking tracking-unknown">text as recorded on \d+ \w+ 20\d\d/);
  expect(document).not.toMatch(/unchanged since/);
});
