import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../archive/index/index-error.ts';
import type { IndexReader } from '../../archive/index/index-reader.ts';
import type { IndexedVersion, VersionFilter } from '../../archive/index/indexed-record.ts';
import { ofSameTerms } from './same-terms-version.ts';

/** What of a collection is told otherwise than its analyses say, because of checks and second fetches. */
interface ToldOtherwise {
  readonly raised: readonly number[];
  readonly lowered: readonly number[];
  /** `seq` of a version → what it withdraws that only the overlay had raised. */
  readonly withdrawals: ReadonlyMap<number, readonly IndexedVersion[]>;
}

interface Kept {
  readonly state: object;
  readonly raised: readonly number[];
  readonly lowered: readonly number[];
  readonly told: ToldOtherwise;
}

/** By what it was made from: a reader gives the very same state until its index is written. */
const kept = new WeakMap<ServedCollection, Kept>();

/**
 * What the overlay raises and lowers, and what follows from that: who was told of a text because it stood for six checks
 * is told when it goes. The same arrays as long as nothing changes.
 *
 * @throws IndexUnavailableError
 */
export function toldOtherwise(collection: ServedCollection): ToldOtherwise {
  const overlay = collection.alertOverlay();
  const raised = overlay.raised();
  const lowered = overlay.lowered();
  if (raised.length === 0 && lowered.length === 0) return NOTHING;
  const reader = collection.index();
  const state = reader.state();
  const former = kept.get(collection);
  if (former?.state === state && former.raised === raised && former.lowered === lowered) return former.told;
  const withdrawals = Map.groupBy(
    raised.flatMap((seq) => {
      const version = versionAt(reader, seq);
      const after = version && returnAfter(collection, reader, version);
      return after ? [{ version, after }] : [];
    }),
    ({ after }) => after.seq,
  );
  const told = {
    raised: [...raised, ...withdrawals.keys()],
    lowered,
    withdrawals: new Map([...withdrawals].map(([seq, pairs]) => [seq, pairs.map(({ version }) => version)])),
  };
  kept.set(collection, { state, raised, lowered, told });
  return told;
}

const NOTHING: ToldOtherwise = { raised: [], lowered: [], withdrawals: new Map() };

/** As conditions of a question to the index: none while that cannot answer, which whoever asks it is told. */
export function overlayFilter(collection: ServedCollection): Pick<VersionFilter, 'raised' | 'lowered'> {
  try {
    const { raised, lowered } = toldOtherwise(collection);
    return { raised, lowered };
  } catch (error) {
    if (error instanceof IndexUnavailableError) return {};
    throw error;
  }
}

const LATER_VERSIONS = 100;

/** The first later change of the words, where it brought back what stood before, and came after people were told. */
function returnAfter(
  collection: ServedCollection,
  reader: IndexReader,
  version: IndexedVersion,
): IndexedVersion | undefined {
  const told = collection.alertOverlay().note(version)?.date;
  const { serviceId, termsType, fetchDate, seq } = version;
  const next = reader
    .versions({ serviceId, termsType, since: fetchDate, classes: ['text', 'date'] }, { limit: LATER_VERSIONS })
    .findLast((later) => later.seq > seq);
  return told && next?.analysis?.state === 'return' && next.fetchDate > told ? next : undefined;
}

/** The version at a place in commit order. */
export function versionAt(reader: IndexReader, seq: number): IndexedVersion | undefined {
  const [version] = reader.versions({}, { limit: 1, before: seq + 1 });
  return version?.seq === seq ? version : undefined;
}

/** What was told and is withdrawn by a version, oldest first. */
export function undoneVersions(collection: ServedCollection, version: IndexedVersion): IndexedVersion[] {
  const { state, undoes: ids = [] } = version.analysis ?? {};
  // What the overlay raised goes by a return; most changes are none, and need no look at the ledger.
  const raised = state === 'return' ? (toldOtherwise(collection).withdrawals.get(version.seq) ?? []) : [];
  if (ids.length + raised.length === 0) return [];
  const reader = collection.index();
  const undone = ids.map((id) => ofSameTerms(reader, id, version)).filter((one) => one !== undefined);
  const further = raised.filter(({ seq }) => undone.every((one) => one.seq !== seq));
  return [...undone, ...further].toSorted((a, b) => a.seq - b.seq);
}
