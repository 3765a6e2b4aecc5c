import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { ExtractError } from '../extract-error.ts';
import type { ChildRequest, FilterRequest } from './messages.ts';

/**
 * What the child gets, with paths that hold no symbolic links: the permission model compares paths as they are written.
 *
 * @returns also a name for the service, the same as long as its files are
 * @throws ExtractError when a file of the service lies outside of its collection
 */
export async function prepareRequest(
  request: FilterRequest,
  canFetch: boolean,
): Promise<{ readonly service: string; readonly request: ChildRequest }> {
  const { date, ...rest } = request;
  const collectionDirectory = await realpath(request.collectionDirectory);
  const [filtersFile, filtersHistoryFile] = [request.filtersFile, request.filtersHistoryFile].map((file) =>
    file === undefined ? undefined : pathInside(request.collectionDirectory, collectionDirectory, file),
  );
  const files = await Promise.all([filtersFile, filtersHistoryFile].map(identify));
  return {
    // A changed file is another service to us: a child has loaded the file once and for all.
    service: JSON.stringify([collectionDirectory, files]),
    request: { ...rest, collectionDirectory, filtersFile, filtersHistoryFile, date: date?.getTime(), canFetch },
  };
}

function pathInside(declared: string, real: string, file: string): string {
  const path = relative(declared, file);
  if (path.startsWith(`..${sep}`) || isAbsolute(path)) {
    throw new ExtractError(
      'unreadable',
      `${file} is not run: it lies outside of the collection ${declared}. Move it there.`,
    );
  }
  return join(real, path);
}

async function identify(file: string | undefined): Promise<readonly (string | number)[]> {
  if (file === undefined) return [];
  const { mtimeMs, size } = await stat(file).catch(() => ({ mtimeMs: 0, size: 0 }));
  return [file, mtimeMs, size];
}
