import { expect, test } from 'vitest';
import { parseTerms } from '../../archive/declarations/parse-terms.ts';
import { FetchError } from '../../crawler/fetch/fetch-error.ts';
import type { FetchedDocument, Validators } from '../../crawler/fetch/fetched-document.ts';
import type { Fetcher, FetchRequest } from '../../crawler/fetch/fetcher.ts';
import { shareFetches } from '../../crawler/shared-fetches.ts';
import type { TrackedTerms } from '../../crawler/track.ts';

const LEGAL = 'https://brass.example/legal';

const terms = (type: string, declared: Record<string, unknown>): TrackedTerms => ({
  service: {
    id: 'Brass',
    name: 'Brass',
    terms: [],
    history: new Map(),
    filtersFile: undefined,
    filtersHistoryFile: undefined,
  },
  terms: parseTerms('Brass', type, declared),
});

/** A fetcher that answers with its count, or with what `answers` holds next; it remembers what it was asked. */
function countingFetcher(...answers: Error[]): { fetcher: Fetcher; asked: FetchRequest[] } {
  const asked: FetchRequest[] = [];
  const fetcher: Fetcher = {
    async fetch(request) {
      asked.push(request);
      const fault = answers.shift();
      if (fault) throw fault;
      const document: FetchedDocument = {
        kind: 'fetched',
        content: `answer ${asked.length}`,
        mimeType: 'text/html',
        fetcher: 'htmlOnly',
        location: request.location,
        finalLocation: request.location,
        fetchDate: new Date(),
        validators: { etag: undefined, lastModified: undefined },
      };
      return document;
    },
    close: async () => {},
  };
  return { fetcher, asked };
}

const two = [
  terms('Terms of Service', { fetch: LEGAL, select: '#terms', executeClientScripts: true }),
  terms('Privacy Policy', {
    fetch: LEGAL,
    select: ['#privacy', { startAfter: 'h2', endBefore: 'h3' }],
    executeClientScripts: true,
  }),
];
const request = (validators?: Validators): FetchRequest => ({
  location: LEGAL,
  executeClientScripts: true,
  select: ['#terms'],
  ...(validators ? { validators } : {}),
});
const content = async (answer: ReturnType<Fetcher['fetch']>): Promise<unknown> => {
  const fetched = await answer;
  return fetched.kind === 'not-modified' ? fetched.kind : fetched.content;
};

test('terms in one document share one fetch that waits for the selectors of all', async () => {
  const { fetcher, asked } = countingFetcher();
  const shared = shareFetches(fetcher, two);
  expect(await Promise.all([content(shared.fetch(request())), content(shared.fetch(request()))])).toEqual([
    'answer 1',
    'answer 1',
  ]);
  expect(asked.map(({ select }) => select)).toEqual([['#terms', '#privacy', 'h2', 'h3']]);
  // All have had it: who asks again, as in a second try, gets a new one.
  expect(await content(shared.fetch(request()))).toBe('answer 2');
});

test('a failure is not kept for whoever asks later', async () => {
  const { fetcher } = countingFetcher(new FetchError('server', `${LEGAL} answered 503`));
  const shared = shareFetches(fetcher, two);
  await expect(shared.fetch(request())).rejects.toThrow('503');
  expect(await content(shared.fetch(request()))).toBe('answer 2');
});

const apart: [string, FetchRequest, FetchRequest][] = [
  [
    'other validators',
    request({ etag: '"1"', lastModified: undefined }),
    request({ etag: '"2"', lastModified: undefined }),
  ],
  ['scripts or none', request(), { ...request(), executeClientScripts: false }],
  ['other locations', request(), { ...request(), location: `${LEGAL}/more` }],
];
test.each(apart)('%s: two fetches', async (_title, first, second) => {
  const { fetcher, asked } = countingFetcher();
  const shared = shareFetches(fetcher, two);
  await Promise.all([shared.fetch(first), shared.fetch(second)]);
  expect(asked).toHaveLength(2);
});

test('a document of one terms alone is asked for as it is', async () => {
  const { fetcher, asked } = countingFetcher();
  const only = request();
  await shareFetches(fetcher, two.slice(0, 1)).fetch(only);
  expect(asked[0]).toBe(only);
});
