import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import { termsAt } from '../../../archive/declarations/history.ts';
import type { IndexReader } from '../../../archive/index/index-reader.ts';
import type { IndexedSnapshot, IndexedVersion } from '../../../archive/index/indexed-record.ts';
import { toDeclaration } from '../../api/answers/declaration.ts';
import type { Declaration } from '../../api/contract.ts';
import { ofSameTerms } from '../../api/same-terms-version.ts';
import { serviceName } from '../../api/service-name.ts';

/** What the page of a version shows besides its text. */
export interface VersionView {
  readonly collection: ServedCollection;
  readonly serviceName: string;
  readonly version: IndexedVersion;
  /** The version that its change is told against: before it in commit order. */
  readonly previous: IndexedVersion | undefined;
  /** The one after it by date; undefined for the latest. */
  readonly next: IndexedVersion | undefined;
  readonly latest: IndexedVersion;
  readonly snapshots: readonly IndexedSnapshot[];
  /** In force when the source documents were fetched; undefined where none is known. */
  readonly declaration: Declaration | undefined;
  /** Where the source documents were fetched: as the snapshots say, else as was declared. */
  readonly locations: readonly string[];
  /** The record does not note the locations: they are those of the declaration in force then, whether fetched or not. */
  readonly areLocationsDeclared: boolean;
}

export function versionView(collection: ServedCollection, reader: IndexReader, version: IndexedVersion): VersionView {
  const { serviceId, termsType, fetchDate, snapshotIds } = version;
  const service = collection.services().find(({ id }) => id === serviceId);
  const terms = service && termsAt(service, termsType, fetchDate);
  const declaration = terms && toDeclaration(collection.id, terms);
  const snapshots = snapshotIds.map((id) => reader.snapshotById(id)).filter((one) => one !== undefined);
  const noted = snapshots.flatMap(({ location }) => location ?? []);
  const declared = declaration?.sourceDocuments.map(({ location }) => location) ?? [];
  const neighbours = reader.neighbours(version);
  const find = (id: string | undefined): IndexedVersion | undefined =>
    id === undefined ? undefined : ofSameTerms(reader, id, version);
  return {
    collection,
    serviceName: serviceName(collection, serviceId),
    version,
    previous: reader.versionBefore(version),
    next: find(neighbours.next),
    latest: find(neighbours.last) ?? version,
    snapshots,
    declaration,
    locations: noted.length > 0 ? noted : declared,
    areLocationsDeclared: noted.length === 0 && declared.length > 0,
  };
}

/** Where a version is from, and how that is known. */
export const sourcesOf = ({ locations, areLocationsDeclared }: VersionView) => ({ locations, areLocationsDeclared });

/** Sources of what is cited: what the records note is told apart from what is only declared. */
export function citedSources(views: readonly VersionView[]): {
  readonly locations: readonly string[];
  readonly declaredLocations: readonly string[];
} {
  const of = (areDeclared: boolean): string[] => [
    ...new Set(views.flatMap((view) => (view.areLocationsDeclared === areDeclared ? view.locations : []))),
  ];
  return { locations: of(false), declaredLocations: of(true) };
}
