import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import type { IndexedVersion } from '../../archive/index/indexed-record.ts';
import { toldOtherwise, versionAt } from './alert-overlay.ts';

const AT_ONCE = 200;

/** The later version that withdrew what was told of this one; undefined: none did. */
export function undoneBy(collection: ServedCollection, version: IndexedVersion): IndexedVersion | undefined {
  const reader = collection.index();
  const { id, serviceId, termsType, seq } = version;
  for (const [later, raised] of toldOtherwise(collection).withdrawals) {
    if (raised.some((one) => one.seq === seq)) return versionAt(reader, later);
  }
  if (!version.analysis?.alert) return undefined;
  let before: number | undefined;
  do {
    const part = reader.versions({ serviceId, termsType, alerts: true }, { limit: AT_ONCE, before });
    // Each alert is undone once.
    const found = part.find((later) => later.seq > seq && later.analysis?.undoes.includes(id));
    if (found) return found;
    const last = part.at(-1)?.seq;
    before = part.length === AT_ONCE && last !== undefined && last > seq ? last : undefined;
  } while (before !== undefined);
  return undefined;
}
