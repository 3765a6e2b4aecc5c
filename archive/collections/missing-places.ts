import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Fault, memberPath, reportTo } from '../declarations/fault.ts';
import { locateRepository } from '../git/git-location.ts';
import type { CollectionsConfiguration } from './configuration.ts';

const HINT = 'Correct it, or put it there: what appears is taken in while the server runs.';

/**
 * Paths of a configuration that lead nowhere, as warnings: a disk may be mounted, or a folder filled, later. What
 * tracking makes by itself is left out.
 */
export async function missingPlaces({ file, listsFile, collections }: CollectionsConfiguration): Promise<Fault[]> {
  const faults: Fault[] = [];
  const report = reportTo(faults, undefined, basename(file));
  const isThere = (path: string): Promise<boolean> =>
    stat(path).then(
      () => true,
      () => false,
    );
  for (const { id, isTracked, declarations, versions, snapshots } of collections) {
    const entry = memberPath('collections', id);
    if (declarations?.kind === 'path' && !(await isThere(join(declarations.path, 'declarations')))) {
      const problem = `there is no folder declarations in ${declarations.path}`;
      report(memberPath(entry, 'declarations'), problem, HINT, 'warning');
    }
    if (isTracked) continue;
    for (const [key, place] of Object.entries({ versions, snapshots })) {
      if (place?.kind !== 'path' || (await locateRepository(place.path))) continue;
      const what = (await isThere(place.path)) ? 'is no git repository' : 'is not there';
      report(memberPath(entry, key), `${place.path} ${what}`, HINT, 'warning');
    }
  }
  if (listsFile !== undefined && !(await isThere(listsFile))) {
    report('lists', `${listsFile} is not there`, HINT, 'warning');
  }
  return faults;
}
