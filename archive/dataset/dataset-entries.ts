import { ArchiveError } from '../git/archive-error.ts';
import type { BatchReader } from '../git/batch-reader.ts';
import type { RecordQueries } from '../index/index-reader.ts';
import type { IndexedVersion } from '../index/indexed-record.ts';
import { type DatasetFacts, withoutMilliseconds } from './dataset-facts.ts';
import type { DataLicence } from './licence.ts';
import { datasetReadme } from './readme.ts';
import { versionFiles } from './version-files.ts';
import type { ZipEntry } from './write-zip.ts';

/** What a dataset is made from. */
export interface DatasetSource {
  readonly index: Pick<RecordQueries, 'terms' | 'versions' | 'countVersions'>;
  readonly versions: BatchReader;
  /** For messages. */
  readonly versionsDirectory: string;
  readonly name: string;
  readonly title: string;
  readonly licence: DataLicence;
  readonly releaseDate: Date;
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

export type DatasetContents = Omit<DatasetFacts, 'filename' | 'size' | 'sha256'>;

/** The files of a dataset, in order, and what they come to. */
export interface DatasetEntries {
  /** @throws ArchiveError where there are no versions; the contents, where the repository does not hold one. */
  all(): Generator<ZipEntry>;
  /** Once all files were given. */
  facts(): DatasetContents;
}

export function datasetEntries(source: DatasetSource): DatasetEntries {
  const { index, name, title, licence, releaseDate, versionsDirectory, onProgress } = source;
  const services = new Set<string>();
  const terms = new Set<string>();
  let count = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;

  const facts = (): DatasetContents => ({
    title,
    license: licence.id,
    releaseDate: withoutMilliseconds(releaseDate),
    firstVersionDate: withoutMilliseconds(new Date(first)),
    lastVersionDate: withoutMilliseconds(new Date(last)),
    servicesCount: services.size,
    termsCount: terms.size,
    versionsCount: count,
  });

  function* all(): Generator<ZipEntry> {
    const total = index.countVersions({});
    let done = 0;
    onProgress?.({ done, total });
    for (const { version, path } of versionFiles(index)) {
      services.add(version.serviceId);
      terms.add(path.slice(0, path.lastIndexOf('/')));
      first = Math.min(first, version.fetchDate.getTime());
      last = Math.max(last, version.fetchDate.getTime());
      count++;
      const content = async (): Promise<Uint8Array> => {
        const read = await contentOf(version, source);
        done++;
        onProgress?.({ done, total: Math.max(total, done) });
        return read;
      };
      yield { path: `${name}/${path}`, date: version.fetchDate, content };
    }
    if (count === 0) {
      throw new ArchiveError(
        `There are no versions in ${versionsDirectory} yet, so there is nothing to make a dataset of`,
        { directory: versionsDirectory },
      );
    }
    const text = (file: string, content: string): ZipEntry => ({
      path: `${name}/${file}`,
      date: releaseDate,
      content: async () => Buffer.from(content),
    });
    yield text('README.md', datasetReadme(facts(), name));
    yield text('LICENSE', licence.text);
  }

  return { all, facts };
}

async function contentOf(
  { id, blob, serviceId, termsType }: IndexedVersion,
  { versions, versionsDirectory }: DatasetSource,
): Promise<Uint8Array> {
  const object = await versions.object(blob);
  if (object?.type === 'blob') return object.content;
  throw new ArchiveError(
    `${versionsDirectory} does not hold version ${id} of ${serviceId} · ${termsType} any more; if its history was rewritten meanwhile, make the dataset again, else check it with git fsck`,
    { directory: versionsDirectory },
  );
}
