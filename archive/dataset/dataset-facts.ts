import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** What is known of a dataset, as Open Terms Archive's Collection API tells it; dates without milliseconds. */
export interface DatasetFacts {
  /** Name of the zip, which lies beside the facts. */
  readonly filename: string;
  readonly title: string;
  /** SPDX identifier; `NOASSERTION` where the collection does not say. */
  readonly license: string;
  readonly releaseDate: string;
  /** Fetch dates of the earliest and the latest version in it. */
  readonly firstVersionDate: string;
  readonly lastVersionDate: string;
  readonly servicesCount: number;
  readonly termsCount: number;
  readonly versionsCount: number;
  /** Bytes of the zip. */
  readonly size: number;
  /** Of the zip, in hexadecimal digits. */
  readonly sha256: string;
}

const schema = z.object({
  // Beside the facts and nowhere else, whatever the file says.
  filename: z.string().regex(/^[\w.-]+\.zip$/),
  title: z.string(),
  license: z.string(),
  releaseDate: z.iso.datetime(),
  firstVersionDate: z.iso.datetime(),
  lastVersionDate: z.iso.datetime(),
  servicesCount: z.int(),
  termsCount: z.int(),
  versionsCount: z.int(),
  size: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** `2024-03-01T12:00:00Z` */
export const withoutMilliseconds = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z');

/** Name of a dataset and of the folder in its zip: `<collection id>-YYYY-MM-DD`. */
export const datasetName = (collectionId: string, releaseDate: Date): string =>
  `${collectionId}-${releaseDate.toISOString().slice(0, 10)}`;

/** The datasets among the names of files, newest first, without their extensions; those of one collection, or all. */
export function datasetNames(files: readonly string[], collectionId?: string): string[] {
  const found = files.flatMap((file) => {
    const [, id, date] = /^(.+)-(\d{4}-\d{2}-\d{2})\.json$/.exec(file) ?? [];
    return id && date && (collectionId === undefined || id === collectionId) ? [{ name: `${id}-${date}`, date }] : [];
  });
  return found.sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0)).map(({ name }) => name);
}

/** undefined where there is no such file, or it does not hold facts of a dataset. */
export async function readFacts(file: string): Promise<DatasetFacts | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
