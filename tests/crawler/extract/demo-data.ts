import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { termsAt } from '../../../archive/declarations/history.ts';
import { loadDeclarations } from '../../../archive/declarations/load-collection.ts';
import type { SourceDocument } from '../../../archive/declarations/service.ts';
import { readFilterUse } from '../../../crawler/extract/extract-request.ts';

/** Real documents, beside the project where they are kept. */
export const dataDirectory = join(import.meta.dirname, '../../../../shared/data');

export const hasDemoData = existsSync(join(dataDirectory, 'demo-snapshots.bundle'));

export const withoutDemoData = hasDemoData ? '' : ' (skipped: ../shared/data/demo-snapshots.bundle is not there)';

export interface RecordedBlob {
  readonly id: string;
  readonly path: string;
  /** When it was last recorded. */
  readonly date: Date;
}

/** A repository of real records. */
export interface BundledRepository {
  /** The content of a blob. */
  readonly blob: (id: string) => Buffer;
  /** Ids of all blobs ever recorded whose path ends so, each once, in the order of their ids: no order at all. */
  readonly blobsEndingWith: (ending: string) => RecordedBlob[];
}

/** @param directory a clone of a bundle; it is only read. */
export function bundledRepository(directory: string): BundledRepository {
  const git = (...args: string[]): Buffer =>
    execFileSync('git', ['-C', directory, '-c', 'core.quotePath=false', ...args], { maxBuffer: 2 ** 30 });
  return {
    blob: (id) => git('cat-file', 'blob', id),
    blobsEndingWith: (ending) => {
      const found = new Map<string, RecordedBlob>();
      let date = new Date(0);
      const log = git('log', '--all', '--raw', '--no-abbrev', '--no-renames', '--format=commit %at').toString();
      for (const line of log.split('\n')) {
        if (line.startsWith('commit ')) date = new Date(Number(line.slice('commit '.length)) * 1000);
        const [, , , id = '', rest = ''] = line.split(' ', 5);
        const path = line.split('\t')[1];
        if (rest !== '' && path?.endsWith(ending) && !/^0+$/.test(id) && !found.has(id))
          found.set(id, { id, path, date });
      }
      return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    },
  };
}

/** A version recorded by OTA, with what it was extracted from. */
export interface ExtractionPair {
  readonly service: string;
  readonly type: string;
  readonly engine: string | null;
  readonly version_blob: string;
  readonly snapshots: readonly { readonly blob: string; readonly path: string }[];
  readonly terms: object;
}

export const readExtractionPairs = (): ExtractionPair[] =>
  JSON.parse(readFileSync(join(dataDirectory, 'demo-extraction-pairs.json'), 'utf8')) as ExtractionPair[];

/** Every selector that the declarations of real collections use, ends of ranges included. */
export function declaredSelectors(): string[] {
  const declared = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'string') declared.add(value);
    else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) collect(one);
  };
  for (const file of globSync(join(dataDirectory, '{contrib,demo}-declarations/declarations/*.json'))) {
    JSON.parse(readFileSync(file, 'utf8'), (key, value: unknown) => {
      if (key === 'select' || key === 'remove') collect(value);
      return value;
    });
  }
  return [...declared];
}

/** A recorded snapshot with the source document that was declared for it at the time. */
export interface DeclaredSnapshot {
  readonly blob: RecordedBlob;
  readonly document: SourceDocument;
}

/** HTML snapshots of the demo collection, spread over all services and years, without those that need a service's own filters. */
export async function sampleDeclaredSnapshots(
  snapshots: BundledRepository,
  count: number,
): Promise<DeclaredSnapshot[]> {
  const { services } = await loadDeclarations(join(dataDirectory, 'demo-declarations'), { checkFunctions: false });
  const declared = snapshots.blobsEndingWith('.html').flatMap((blob) => {
    const [, serviceId = '', type = '', documentId] = /^([^/]+)\/([^#]+?)(?: #(.+))?\.html$/.exec(blob.path) ?? [];
    const service = services.find(({ id }) => id === serviceId);
    const terms = service && termsAt(service, type, blob.date);
    const document = documentId
      ? terms?.sourceDocuments.find(({ id }) => id === documentId)
      : terms?.sourceDocuments.length === 1
        ? terms.sourceDocuments[0]
        : undefined;
    return document === undefined || document.filter.some((use) => readFilterUse(use).name !== 'removeQueryParams')
      ? []
      : [{ blob, document }];
  });
  const step = Math.max(1, declared.length / count);
  return Array.from(
    { length: Math.min(count, declared.length) },
    (_, index) => declared[Math.floor(index * step)],
  ).filter((one) => one !== undefined);
}
