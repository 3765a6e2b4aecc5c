import type { ServedCollection, ServedCollections } from '../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../archive/index/index-error.ts';
import type { IndexReader } from '../../archive/index/index-reader.ts';
import type { IndexedVersion, VersionFilter } from '../../archive/index/indexed-record.ts';
import { ApiError } from './api-error.ts';
import { applyChangeFilter, type ChangeFilter } from './change-filter.ts';
import type { UnavailableCollection } from './contract.ts';
import type { Position, Positions } from './cursor.ts';
import { recordedAround } from './recorded-around.ts';
import { toUnavailable } from './tell-unavailable.ts';

export interface ListedChange {
  readonly collection: ServedCollection;
  readonly version: IndexedVersion;
  /** The version of the same terms before it. */
  readonly previous: IndexedVersion | undefined;
}

export interface ChangesPart {
  readonly changes: readonly ListedChange[];
  /** Where the next part begins; undefined at the end. */
  readonly next: Positions | undefined;
  readonly unavailable: readonly UnavailableCollection[];
}

/** One collection's versions that match, from the newest on, read in pieces. */
interface Stream {
  readonly collection: ServedCollection;
  readonly reader: IndexReader;
  readonly filter: VersionFilter;
  readonly epoch: string;
  /** Only lower ones are left in the index. */
  before: number | undefined;
  piece: IndexedVersion[];
  readonly recordedAt: (version: IndexedVersion) => number;
}

/**
 * Versions of all collections that match, newest first: each collection's in commit order, collections merged by the
 * dates of their records. Records that come later do not move the parts that follow.
 *
 * A collection that cannot answer just now is left for the next part.
 *
 * @throws IndexUnavailableError where no collection can answer, ApiError where the positions are of another index.
 */
export function listChanges(collections: ServedCollections, filter: ChangeFilter, page: ChangesPage): ChangesPart {
  // An index may be made anew between two questions to it: its places must not be told as those of the former one.
  for (let attempt = 1; ; attempt++) {
    const { part, replaced } = listOnce(collections, filter, page);
    if (replaced === undefined) return part;
    if (attempt === MOST_ATTEMPTS) throw outdated(replaced);
  }
}

export interface ChangesPage {
  readonly limit: number;
  readonly from?: Positions | undefined;
}

const MOST_ATTEMPTS = 3;

/** @returns `replaced`: a collection whose index became another meanwhile. */
function listOnce(
  collections: ServedCollections,
  filter: ChangeFilter,
  { limit, from }: ChangesPage,
): { readonly part: ChangesPart; readonly replaced: string | undefined } {
  const { streams, unavailable, kept } = openStreams(collections, filter, from);
  const heads = streams.filter((stream) => fill(stream, limit + 1));
  const changes: ListedChange[] = [];
  while (changes.length < limit && heads.length > 0) {
    const place = newest(heads);
    const stream = heads[place];
    const version = stream?.piece.shift();
    if (stream === undefined || version === undefined) break;
    changes.push({ collection: stream.collection, version, previous: stream.reader.versionBefore(version) });
    if (!fill(stream, limit + 1 - changes.length)) heads.splice(place, 1);
  }
  const left = heads.map(({ collection, epoch, piece }) => ({
    collection: collection.id,
    place: { epoch, before: (piece[0]?.seq ?? 0) + 1 },
  }));
  const next = [...left, ...kept];
  return {
    part: { changes, next: next.length > 0 ? next : undefined, unavailable },
    replaced: streams.find(({ reader, epoch }) => reader.state().epoch !== epoch)?.collection.id,
  };
}

function openStreams(
  collections: ServedCollections,
  filter: ChangeFilter,
  from: Positions | undefined,
): { streams: Stream[]; unavailable: UnavailableCollection[]; kept: Position[] } {
  const streams: Stream[] = [];
  // Of collections that cannot answer just now: the part after this one asks them again.
  const kept: Position[] = [];
  const unavailable: UnavailableCollection[] = [];
  let failure: IndexUnavailableError | undefined;
  for (const { collection, filter: own } of applyChangeFilter(collections, filter)) {
    const position = from?.find((one) => one.collection === collection.id);
    if (from !== undefined && position === undefined) continue;
    try {
      const reader = collection.index();
      const { epoch } = reader.state();
      const place = position?.place;
      if (place !== undefined && place.epoch !== epoch) throw outdated(collection.id);
      const recordedAt = recordedAround(reader);
      streams.push({ collection, reader, filter: own, epoch, before: place?.before, piece: [], recordedAt });
    } catch (error) {
      if (!(error instanceof IndexUnavailableError)) throw error;
      failure = error;
      kept.push(position ?? { collection: collection.id, place: undefined });
      unavailable.push(toUnavailable(collection, error));
    }
  }
  if (failure !== undefined && streams.length === 0) throw failure;
  return { streams, unavailable, kept };
}

/** Reads the next piece where the last is used up. @returns whether anything is left. */
function fill(stream: Stream, wanted: number): boolean {
  if (stream.piece.length > 0) return true;
  stream.piece = stream.reader.versions(stream.filter, { limit: Math.max(wanted, 1), before: stream.before });
  stream.before = stream.piece.at(-1)?.seq ?? 0;
  return stream.piece.length > 0;
}

function newest(heads: readonly Stream[]): number {
  if (heads.length === 1) return 0;
  let best = 0;
  let bestDate = Number.NEGATIVE_INFINITY;
  for (const [place, { piece, recordedAt }] of heads.entries()) {
    const date = piece[0] === undefined ? Number.NEGATIVE_INFINITY : recordedAt(piece[0]);
    if (date > bestDate) [best, bestDate] = [place, date];
  }
  return best;
}

const outdated = (collection: string): ApiError =>
  new ApiError('cursor-outdated', `The index of “${collection}” was made anew since this cursor was given.`, {
    next: 'Leave the cursor out to begin anew.',
  });
