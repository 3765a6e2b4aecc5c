import type { IndexReader } from '../../archive/index/index-reader.ts';
import type { IndexedVersion } from '../../archive/index/indexed-record.ts';

/** Dates that run backwards stand alone or nearly so, apart from technical upgrades, which come by the thousand. */
const LOOK_BACK = 10;
const AT_ONCE = 100;

/**
 * When a version was recorded, about, in milliseconds since 1970. A commit's date is the date of the fetch, which may be
 * years earlier: technical upgrades carry the date of their snapshot, and imported records whatever they had. As nothing
 * is recorded before what stands before it, the latest date among it and the records before it that are no upgrades is
 * nearer. Without that, one such record would hold back all newer ones of its collection in a list of several.
 *
 * @returns a function that is to be asked about versions in descending commit order.
 */
export function recordedAround(reader: IndexReader): (version: IndexedVersion) => number {
  /** Records before the version asked about last, newest first, without upgrades. */
  let before: readonly IndexedVersion[] = [];
  let isAll = false;
  return (version) => {
    before = before.filter(({ seq }) => seq < version.seq);
    if (before.length < LOOK_BACK && !isAll) {
      before = reader.versions({ technicalUpgrades: 'excluded' }, { limit: AT_ONCE, before: version.seq });
      isAll = before.length < AT_ONCE;
    }
    return Math.max(
      version.fetchDate.getTime(),
      ...before.slice(0, LOOK_BACK).map(({ fetchDate }) => fetchDate.getTime()),
    );
  };
}
