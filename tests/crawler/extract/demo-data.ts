import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Real documents, beside the project where they are kept. */
export const dataDirectory = join(import.meta.dirname, '../../../../shared/data');

export const hasDemoData = existsSync(join(dataDirectory, 'demo-snapshots.bundle'));

export const withoutDemoData = hasDemoData ? '' : ' (skipped: ../shared/data/demo-snapshots.bundle is not there)';

/** A repository cloned from a bundle into a temporary folder. */
export interface BundledRepository {
  /** The content of a blob. */
  readonly blob: (id: string) => Buffer;
  /** Ids of all blobs ever recorded whose path ends so, each once, in the order of their ids: no order at all. */
  readonly blobsEndingWith: (ending: string) => { readonly id: string; readonly path: string }[];
  readonly remove: () => void;
}

export function cloneBundle(name: string): BundledRepository {
  const directory = mkdtempSync(join(tmpdir(), 'clausewatch-bundle-'));
  execFileSync('git', ['clone', '--quiet', '--bare', join(dataDirectory, name), directory]);
  const git = (...args: string[]): Buffer =>
    execFileSync('git', ['-C', directory, '-c', 'core.quotePath=false', ...args], { maxBuffer: 2 ** 30 });
  return {
    blob: (id) => git('cat-file', 'blob', id),
    blobsEndingWith: (ending) => {
      const found = new Map<string, string>();
      for (const line of git('log', '--all', '--raw', '--no-abbrev', '--no-renames', '--format=')
        .toString()
        .split('\n')) {
        const [, , , id = '', rest = ''] = line.split(' ');
        const path = rest.split('\t')[1];
        if (path?.endsWith(ending) && !/^0+$/.test(id)) found.set(id, path);
      }
      return [...found].map(([id, path]) => ({ id, path })).sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
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
