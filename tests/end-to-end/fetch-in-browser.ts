import { createFetcher, type FetcherOptions } from '../../crawler/fetch/fetcher.ts';

/*
 * A program of its own that fetches one location with scripts and says on one line what came of it. It then closes the
 * fetcher and must end by itself, without a rejection that nobody handles.
 */
const {
  location,
  select = [],
  ...options
} = JSON.parse(process.argv[2] ?? '{}') as Partial<FetcherOptions> & {
  location: string;
  select?: readonly string[];
};
const fetcher = createFetcher({ userAgent: 'Test', language: 'en', hostPause: 0, ...options });
try {
  const document = await fetcher.fetch({ location, executeClientScripts: true, select });
  console.log(JSON.stringify(document));
} catch (error) {
  const { name, message, reason } = error as Error & { reason?: string };
  console.log(JSON.stringify({ name, message, reason }));
}
await fetcher.close();
