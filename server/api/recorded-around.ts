import type { IndexReader } from '../../archive/index/index-reader.ts';
import type { IndexedVersion } from '../../archive/index/indexed-record.ts';

/**
 * When a version was recorded, about, in milliseconds since 1970. A commit's date is the date of the fetch; technical
 * upgrades carry the date of a snapshot that may be years old, so theirs is the date of the record before them that is
 * none. Without that, one upgrade would hold back all newer records of its collection in a list of several.
 */
export function recordedAround(reader: IndexReader): (version: IndexedVersion) => number {
  // One look is good for a whole row of upgrades, which may be thousands.
  let known: { readonly from: number; readonly below: number; readonly date: number } | undefined;
  return (version) => {
    const own = version.fetchDate.getTime();
    if (!version.isTechnicalUpgrade) return own;
    if (known === undefined || version.seq <= known.from || version.seq > known.below) {
      const [before] = reader.versions({ technicalUpgrades: 'excluded' }, { limit: 1, before: version.seq });
      known = {
        from: before?.seq ?? 0,
        below: version.seq,
        date: before?.fetchDate.getTime() ?? Number.NEGATIVE_INFINITY,
      };
    }
    return Math.max(own, known.date);
  };
}
