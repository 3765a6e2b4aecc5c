import type { RecordQueries } from '../index/index-reader.ts';
import type { IndexedVersion } from '../index/indexed-record.ts';

/** A version and its place in the dataset. */
export interface VersionFile {
  readonly version: IndexedVersion;
  /** Below the dataset's folder. */
  readonly path: string;
}

/** Versions asked for at once. */
const PAGE = 500;

/**
 * The versions of a collection, terms by terms, newest first, with names that are different even where dates are equal.
 * Versions that are recorded meanwhile may be among them or not.
 */
export function* versionFiles(index: Pick<RecordQueries, 'terms' | 'versions'>): Generator<VersionFile> {
  for (const { serviceId, termsType } of index.terms()) {
    const sameDates = new Map<string, number>();
    let before: number | undefined;
    for (;;) {
      const page = index.versions({ serviceId, termsType }, { limit: PAGE, before });
      for (const version of page) {
        const date = fileDate(version.fetchDate);
        const earlier = sameDates.get(date) ?? 0;
        sameDates.set(date, earlier + 1);
        const file = `${date}${earlier === 0 ? '' : `-${earlier}`}.md`;
        yield { version, path: `${asFolder(serviceId)}/${asFolder(termsType)}/${file}` };
      }
      before = page.at(-1)?.seq;
      if (before === undefined || page.length < PAGE) break;
    }
  }
}

/** `2024-03-01T12-00-00Z` */
const fileDate = (date: Date): string =>
  date
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');

/** Imported names may hold anything; in a zip they must not lead out of the folder, nor make another one. */
function asFolder(name: string): string {
  const safe = Array.from(name, (character) => (character < ' ' || '/\\\u007f'.includes(character) ? '_' : character));
  return /^\.*$/.test(name) ? '_' : safe.join('');
}
