import { ArchiveError } from '../git/archive-error.ts';
import type { BatchReader, GitObject } from '../git/batch-reader.ts';
import type { RecordQueries } from '../index/index-reader.ts';
import { type DatasetFacts, withoutMilliseconds } from './dataset-facts.ts';
import type { DataLicence } from './licence.ts';
import { datasetReadme } from './readme.ts';
import { type VersionFile, versionFiles } from './version-files.ts';
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

/** The files of a dataset, in order, and what they came to. */
export interface DatasetEntries {
  /** @throws ArchiveError where the repository does not hold a version, or there is none. */
  all(): AsyncGenerator<ZipEntry>;
  /** Once all files were taken. */
  facts(): DatasetContents;
}

/** Contents read ahead while others are compressed. */
const READ_AHEAD = 4;

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

  async function* all(): AsyncGenerator<ZipEntry> {
    const total = index.countVersions({});
    onProgress?.({ done: 0, total });
    for await (const { version, path, content } of readAhead(source)) {
      yield { path: `${name}/${path}`, content, date: version.fetchDate };
      services.add(version.serviceId);
      terms.add(path.slice(0, path.lastIndexOf('/')));
      first = Math.min(first, version.fetchDate.getTime());
      last = Math.max(last, version.fetchDate.getTime());
      count++;
      onProgress?.({ done: count, total: Math.max(total, count) });
    }
    if (count === 0) {
      throw new ArchiveError(
        `There are no versions in ${versionsDirectory} yet, so there is nothing to make a dataset of`,
        {
          directory: versionsDirectory,
        },
      );
    }
    const text = (file: string, content: string): ZipEntry => ({
      path: `${name}/${file}`,
      content: Buffer.from(content),
      date: releaseDate,
    });
    yield text('README.md', datasetReadme(facts(), name));
    yield text('LICENSE', licence.text);
  }

  return { all, facts };
}

interface ReadFile extends VersionFile {
  readonly content: Uint8Array;
}

async function* readAhead({ index, versions, versionsDirectory }: DatasetSource): AsyncGenerator<ReadFile> {
  const files = versionFiles(index);
  const reading: { readonly file: VersionFile; readonly object: Promise<GitObject | undefined> }[] = [];
  const readNext = (): void => {
    const { value: file } = files.next();
    if (!file) return;
    const object = versions.object(file.version.blob);
    // Whoever takes it hears of it; this one may be never taken.
    object.catch(() => undefined);
    reading.push({ file, object });
  };
  for (let ahead = 0; ahead < READ_AHEAD; ahead++) readNext();
  for (let next = reading.shift(); next; next = reading.shift()) {
    readNext();
    const object = await next.object;
    const { version } = next.file;
    if (object?.type !== 'blob') {
      throw new ArchiveError(
        `${versionsDirectory} does not hold version ${version.id} of ${version.serviceId} · ${version.termsType} any more; if its history was rewritten meanwhile, make the dataset again, else check it with git fsck`,
        { directory: versionsDirectory },
      );
    }
    yield { ...next.file, content: object.content };
  }
}
