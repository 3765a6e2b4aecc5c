import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { type ApiOfTest, apiOfTest } from '../../helpers/api.ts';
import { openServed, type ServedOfTest } from '../../helpers/served.ts';

const LISTS = `
letters:
  name: Letters
  members:
    - harbour/Larkmail
nobody:
  name: Nobody's
  members:
    - lighthouse/Gullnet
`;
const queries = createQueryPool({ threads: 1 });
let served: ServedOfTest;
let api: ApiOfTest;

beforeAll(async () => {
  served = await openServed({ lists: LISTS });
  api = apiOfTest(served, queries);
});
afterAll(async () => {
  await served.close();
  await queries.close();
});

describe('names that are not here', () => {
  test.each([
    [
      '/changes?list=leters',
      'There is no list “leters” here.',
      'Did you mean “letters”? The lists are listed under /api/lists.',
    ],
    ['/changes?format=csv&list=x', 'There is no list “x” here.', 'The lists are listed under /api/lists.'],
    ['/services?list=letter', 'There is no list “letter” here.', expect.stringContaining('“letters”')],
    ['/search?q=a&list=letter', 'There is no list “letter” here.', expect.stringContaining('“letters”')],
    ['/search?q=a&format=csv&list=letter', 'There is no list “letter” here.', expect.stringContaining('“letters”')],
    ['/same-terms?list=letter', 'There is no list “letter” here.', expect.stringContaining('“letters”')],
    ['/domains?list=letter', 'There is no list “letter” here.', expect.stringContaining('“letters”')],
    [
      '/collections/harbour/versions?list=letter',
      'There is no list “letter” here.',
      expect.stringContaining('“letters”'),
    ],
    ['/lists/letter', 'There is no list “letter” here.', expect.stringContaining('“letters”')],
    ['/changes?collection=harbuor', 'There is no collection “harbuor” here.', expect.stringContaining('“harbour”')],
    [
      '/services?collection=harbour&collection=x',
      'There is no collection “x” here.',
      'The collections are listed under /api/collections.',
    ],
    ['/search?q=a&collection=harbor', 'There is no collection “harbor” here.', expect.stringContaining('“harbour”')],
    ['/same-terms?collection=harbor', 'There is no collection “harbor” here.', expect.stringContaining('“harbour”')],
  ])('%s is not found', async (path, message, next) => {
    const response = await api.get(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: { code: 'not-found', message, next } });
  });

  test.each(['/changes?service=Nobody', '/services?type=Imprint', '/search?q=larkmail&service=Nobody'])(
    '%s is empty: it may come',
    async (path) => expect(await api.json(path)).toMatchObject({ data: [], unavailable: [] }),
  );
});

describe('a list narrows', () => {
  test('terms that several collections track, by a service in it', async () => {
    const all = (await api.json('/same-terms')) as { total: number; data: { serviceName: string }[] };
    expect(all.total).toBe(1);
    const { total, data } = (await api.json('/same-terms?list=letters')) as typeof all;
    expect([total, data[0]?.serviceName]).toEqual([1, all.data[0]?.serviceName]);
    expect(((await api.json('/same-terms?list=nobody')) as typeof all).total).toBe(0);
  });

  test('hosts', async () => {
    const of = async (query: string) =>
      ((await api.json(`/domains${query}`)) as { domains: Record<string, { collection: string; serviceId: string }[]> })
        .domains;
    const all = Object.values(await of('')).flat();
    const listed = Object.values(await of('?list=letters'));
    expect(listed.length).toBeGreaterThan(0);
    expect(listed.every((services) => services.length > 0)).toBe(true);
    expect(listed.flat()).toEqual(
      all.filter(({ collection, serviceId }) => collection === 'harbour' && serviceId === 'Larkmail'),
    );
    expect(all.length).toBeGreaterThan(listed.flat().length);
  });

  test('versions of a collection', async () => {
    const of = async (query: string) =>
      ((await api.json(`/collections/harbour/versions${query}`)) as { data: { serviceId: string }[] }).data;
    const all = await of('');
    const listed = await of('?list=letters');
    expect(listed).toEqual(all.filter(({ serviceId }) => serviceId === 'Larkmail'));
    expect(all.length).toBeGreaterThan(listed.length);
    expect(await of('?list=letters&service=Gullnet')).toEqual([]);
    expect(await of('?list=nobody')).toEqual([]);
  });
});
