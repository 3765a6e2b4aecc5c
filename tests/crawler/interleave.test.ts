import { expect, test } from 'vitest';
import { parseTerms } from '../../archive/declarations/parse-terms.ts';
import { interleaveByHost } from '../../crawler/interleave.ts';

const order = (...locations: string[]): string[] =>
  interleaveByHost(
    locations.map((location) => parseTerms('Example', 'Terms of Service', { fetch: location, select: 'main' })),
    (terms) => terms,
  ).map(({ sourceDocuments }) => sourceDocuments[0]?.location ?? '');

const cases: [string, string[], string[]][] = [
  ['nothing', [], []],
  [
    'one host keeps its order',
    ['https://a.example/2', 'https://a.example/1'],
    ['https://a.example/2', 'https://a.example/1'],
  ],
  [
    'hosts take turns, the one with most terms first',
    ['https://a.example/1', 'https://b.example/1', 'https://b.example/2', 'https://c.example/1', 'https://b.example/3'],
    ['https://b.example/1', 'https://a.example/1', 'https://c.example/1', 'https://b.example/2', 'https://b.example/3'],
  ],
  [
    'a port is another host, capitals and the scheme are not',
    ['https://a.example/1', 'https://A.example/2', 'https://a.example:8443/3', 'http://a.example/4'],
    ['https://a.example/1', 'https://a.example:8443/3', 'https://A.example/2', 'http://a.example/4'],
  ],
];

test.each(cases)('%s', (_title, locations, expected) => {
  expect(order(...locations)).toEqual(expected);
});

test('every item comes once, however many', () => {
  const locations = Array.from({ length: 500 }, (_, n) => `https://host-${n % 37}.example/${n}`);
  expect(order(...locations).sort()).toEqual([...locations].sort());
});
