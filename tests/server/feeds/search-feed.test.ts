import { parseAtomFeed } from 'feedsmith';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { type ApiOfTest, apiOfTest } from '../../helpers/api.ts';
import { openServed, type ServedOfTest } from '../../helpers/served.ts';
import { atomFaults } from './check-atom.ts';

const record = (serviceId: string, termsType: string, date: string, content: string) => ({
  serviceId,
  termsType,
  date: `${date}T09:00:00Z`,
  content,
});
const RECORDS = [
  record('Pier', 'Terms of Service', '2024-01-01', '# Pier\n\nDisputes go to court, and to no other place at all.'),
  record('Pier', 'Terms of Service', '2024-05-01', '# Pier\n\nDisputes go to binding arbitration & nowhere else.'),
  record('Jetty', 'Privacy Policy', '2024-07-01', '# Jetty\n\nWe refuse arbitration of any kind, whoever asks.'),
  record('Pier', 'Terms of Service', '2025-01-01', '# Pier\n\nDisputes go to the harbour master, who decides alone.'),
];

let served: ServedOfTest;
let api: ApiOfTest;
const queries = createQueryPool({ threads: 1 });
beforeAll(async () => {
  served = await openServed({ collections: [{ id: 'harbour', records: RECORDS }] });
  api = apiOfTest(served, queries);
});
afterAll(async () => {
  await served.close();
  await queries.close();
});

interface Item {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly summary: string;
  readonly date_published: string;
}
const itemsOf = async (query: string): Promise<readonly Item[]> =>
  ((await (await api.get(`/search?${query}&format=jsonfeed`)).json()) as { items: Item[] }).items;

test('a search is a feed of what came to say it, the latest first, each with the way to its life', async () => {
  const items = await itemsOf('q=arbitration');
  expect(items.map(({ title, date_published }) => `${title} ${date_published.slice(0, 10)}`)).toEqual([
    'Jetty: Privacy Policy, Jetty 2024-07-01',
    'Pier: Terms of Service, Pier 2024-05-01',
  ]);
  expect(items[1]?.summary).toContain('binding arbitration & nowhere else');
  expect(items[1]?.url).toMatch(/\/en\/harbour\/clauses\/\d+$/);
});

test('of what was removed, it tells when that went, under another id', async () => {
  const [came] = await itemsOf('q=arbitration&service=Pier');
  const gone = await itemsOf('q=arbitration&state=removed');
  expect(gone.map(({ title, date_published }) => `${title} ${date_published.slice(0, 10)}`)).toEqual([
    'Pier: Terms of Service, Pier: no longer there 2025-01-01',
  ]);
  expect(gone[0]?.id).toBe(`${came?.id}:gone`);
});

test('both formats hold the same; Atom is as it should be', async () => {
  const response = await api.get('/search?q=arbitration&format=atom');
  const text = await response.text();
  expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
  expect(atomFaults(text)).toEqual([]);
  const atom = parseAtomFeed(text);
  expect((atom.entries ?? []).map(({ id }) => id)).toEqual((await itemsOf('q=arbitration')).map(({ id }) => id));
  expect(atom.links?.find(({ rel }) => rel === 'self')?.href).toContain('/api/search?q=arbitration&format=atom');
  expect(atom.links?.find(({ rel, type }) => rel === 'alternate' && type === 'application/feed+json')?.href).toContain(
    'format=jsonfeed',
  );
});

test('who has it is told so, until another says it', async () => {
  const address = '/search?q=moored&format=atom';
  const first = await api.get(address);
  const headers = { 'If-None-Match': first.headers.get('etag') ?? '' };
  expect((await api.get(address, headers)).status).toBe(304);
  await served.record('harbour', [
    record('Jetty', 'Privacy Policy', '2025-06-01', '# Jetty\n\nBoats stay moored here.'),
  ]);
  const later = await api.get(address, headers);
  expect(later.status).toBe(200);
  expect(parseAtomFeed(await later.text()).entries).toHaveLength(1);
});

test.each(['limit=5', 'offset=1', 'sort=date'])('%s is refused: a feed has its own order', async (parameter) => {
  const response = await api.get(`/search?q=arbitration&format=atom&${parameter}`);
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('feeds hold the latest, by date');
});
