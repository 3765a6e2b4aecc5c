import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiOfTest } from '../../helpers/api.ts';
import { openServed, type ServedOfTest } from '../../helpers/served.ts';

const BASE = {
  Mole:
    'We keep your letters for as long as you have an account with us, and we show them to nobody but you and those ' +
    'whom you choose when you write to them.',
  Dune:
    'Wir bewahren deine Briefe auf, solange du ein Konto bei uns hast, und wir zeigen sie niemandem ausser dir und ' +
    'denen, die du auswählst, wenn du ihnen schreibst.',
};
const ADDED = { Mole: 'We sell your letters to our partners.', Dune: 'Wir verkaufen deine Briefe an unsere Partner.' };

let served: ServedOfTest;
beforeAll(async () => {
  served = await openServed({
    collections: [
      {
        id: 'coast',
        records: (['Mole', 'Dune'] as const).flatMap((serviceId, day) =>
          [BASE[serviceId], `${BASE[serviceId]}\n\n${ADDED[serviceId]}`].map((content, month) => ({
            serviceId,
            termsType: 'Privacy Policy',
            date: new Date(Date.UTC(2025, month, 1 + day)).toISOString(),
            content,
            snapshots: [],
          })),
        ),
      },
    ],
  });
});
afterAll(() => served.close());

const lines = async (query: string): Promise<string[]> => {
  const response = await apiOfTest(served).get(`/changes?${query}&format=csv`);
  return (await response.text()).trim().split('\n').slice(1);
};

test.each([
  ['language=en', ['Mole']],
  ['language=de', ['Dune']],
  ['language=de&language=en', ['Dune', 'Mole']],
  ['language=fr', []],
  ['language=de&service=Mole', []],
])('changes of texts: %s', async (query, services) => {
  const found = await lines(query);
  expect(found.map((line) => line.split(',')[1])).toEqual(services);
});

test('a language that is never told is refused', async () => {
  const response = await apiOfTest(served).get('/changes?language=tlh');
  expect(response.status).toBe(400);
});
