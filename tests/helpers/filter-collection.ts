import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FilterRequest } from '../../crawler/extract/filter-process/messages.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'filters');

/** A collection of filter functions in a temporary place. */
export interface FilterCollection {
  readonly directory: string;
  /** Writes a file below the collection. */
  readonly write: (path: string, text: string) => string;
  /** A request for a document of the service, with its filters file. */
  readonly request: (service: string, overrides?: Partial<FilterRequest>) => FilterRequest;
  readonly remove: () => void;
}

/** Makes a collection with the filters of `tests/fixtures/filters`. */
export function makeFilterCollection(): FilterCollection {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'clausewatch-filters-')));
  cpSync(fixtures, join(directory, 'declarations'), { recursive: true });
  return {
    directory,
    write: (path, text) => {
      const file = join(directory, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    },
    request: (service, overrides = {}) => ({
      content: '<body><main><h1>Terms</h1><p>All of the text.</p></main></body>',
      location: `https://${service.toLowerCase()}.example/terms`,
      select: 'main',
      remove: undefined,
      filter: [],
      filtersFile: join(directory, 'declarations', `${service}.filters.js`),
      collectionDirectory: directory,
      ...overrides,
    }),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
