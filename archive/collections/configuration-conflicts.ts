import { memberPath, type Report } from '../declarations/fault.ts';
import { bareLocation, withoutUserinfo } from '../git/remote-location.ts';
import type { CollectionEntry, Place } from './collection-entry.ts';
import { whyNotCollectionId } from './collection-id.ts';
import type { CollectionsConfiguration } from './configuration.ts';
import type { ConfigurationFile } from './configuration-schema.ts';

/** Whether a key of a collection has a value with a fault of its own; also where the collection as a whole has. */
export type IsFaulty = (id: string, key: keyof ConfigurationFile['collections'][string]) => boolean;

/**
 * What no single value shows: ids, keys that are missing beside others, and values that only one collection may have.
 * Values with faults of their own are left out, so that all that is wrong with a file is told at once and once only.
 */
export function reportConflicts(
  { collections, dataDirectory }: CollectionsConfiguration,
  report: Report,
  isFaulty: IsFaulty,
): void {
  const at = (id: string, key?: string): string => {
    const entry = memberPath('collections', id);
    return key === undefined ? entry : memberPath(entry, key);
  };
  const taken = new Map<string, string>();
  /** One writer for each store, and one index for each set of records. */
  const claim = (text: string, shown: string, here: string): void => {
    const before = taken.get(text);
    if (before === undefined) taken.set(text, here);
    else report(here, `${shown} is what ${before} has already`, 'Take one of the two out.');
  };

  for (const entry of collections) {
    const { id, isTracked, declarations, versions, snapshots, data, schedule } = entry;
    const whyNot = whyNotCollectionId(id);
    if (whyNot !== undefined) report(at(id), `cannot be the id; ${whyNot}`, 'Choose another id.');
    if (isFaulty(id, 'tracked')) continue;
    if (isTracked) {
      if (!declarations && !isFaulty(id, 'declarations')) {
        report(at(id), 'is tracked, but has no declarations', 'Add declarations: the folder of the collection.');
      }
      for (const key of ['versions', 'snapshots'] as const) {
        if (entry[key]?.kind !== 'remote') continue;
        report(
          at(id, key),
          'is an address, but what is tracked is recorded here',
          'Name a folder; or take tracked out, to mirror what is recorded elsewhere.',
        );
      }
    } else {
      if (!versions && !isFaulty(id, 'versions')) {
        report(
          at(id),
          'has no versions',
          'Add versions: the address or folder of its git repository; or tracked: true, to record it here.',
        );
      }
      const isFetched = (['declarations', 'versions', 'snapshots'] as const).some(
        (key) => entry[key]?.kind === 'remote' || isFaulty(id, key),
      );
      if (schedule !== undefined && !isFetched) {
        report(
          at(id, 'schedule'),
          'has nothing to fetch: all parts are read where they are',
          'Take it out.',
          'warning',
        );
      }
    }
    if (versions) claim(key(versions), shownPlace(versions), at(id, 'versions'));
    if (snapshots) claim(key(snapshots), shownPlace(snapshots), at(id, 'snapshots'));
    if (data !== undefined) claim(data, `the folder ${data}`, at(id, 'data'));
    else if (isFaulty(id, 'data')) continue;
    else if (!isTracked || declarations?.kind === 'remote') {
      const own = `${dataDirectory}/${id}`;
      claim(own, `the folder ${own}`, at(id));
    }
  }
  reportSecondDefaults(collections, at, report);
}

function reportSecondDefaults(
  collections: readonly CollectionEntry[],
  at: (id: string, key?: string) => string,
  report: Report,
): void {
  const [first, ...others] = collections.filter(({ isDefault }) => isDefault);
  for (const { id } of others) {
    report(at(id, 'default'), `is the default, and ${at(first?.id ?? '')} is too`, 'Leave it at one of them.');
  }
}

const shownPlace = (place: Place): string => (place.kind === 'path' ? place.path : withoutUserinfo(place.url));

const key = (place: Place): string => (place.kind === 'path' ? place.path : bareLocation(withoutUserinfo(place.url)));
