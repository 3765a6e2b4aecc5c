import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import type { Service as DeclaredService } from '../../../archive/declarations/service.ts';
import type { IndexedTerms } from '../../../archive/index/indexed-record.ts';
import type { Service, Terms } from '../contract.ts';

/** Services with a declaration or records, by id. */
export interface KnownServices {
  readonly ids: readonly string[];
  /** undefined: neither declared nor recorded. */
  get(id: string): Service | undefined;
}

/** @throws IndexUnavailableError */
export function knownServices(collection: ServedCollection): KnownServices {
  const declared = new Map(collection.services().map((service) => [service.id, service]));
  const recorded = Map.groupBy(collection.index().terms(), ({ serviceId }) => serviceId);
  return {
    ids: [...new Set([...declared.keys(), ...recorded.keys()])].sort(),
    get(id) {
      const service = declared.get(id);
      const records = recorded.get(id);
      return service || records ? toService(collection.id, id, service, records ?? []) : undefined;
    },
  };
}

function toService(
  collection: string,
  id: string,
  declared: DeclaredService | undefined,
  recorded: readonly IndexedTerms[],
): Service {
  const types = new Set([...(declared?.terms ?? []).map(({ type }) => type), ...recorded.map((one) => one.termsType)]);
  return {
    collection,
    id,
    name: declared?.name ?? id,
    isDeclared: declared !== undefined,
    terms: [...types].map((termsType) =>
      toTerms(
        { collection, serviceId: id, termsType },
        declared,
        recorded.find((one) => one.termsType === termsType),
      ),
    ),
  };
}

/** Terms as declared and as recorded. */
export function toTerms(
  names: { readonly collection: string; readonly serviceId: string; readonly termsType: string },
  declared: DeclaredService | undefined,
  recorded: IndexedTerms | undefined,
): Terms {
  const declaration = declared?.terms.find(({ type }) => type === names.termsType);
  return {
    collection: names.collection,
    serviceId: names.serviceId,
    termsType: names.termsType,
    isDeclared: declaration !== undefined,
    locations: declaration?.sourceDocuments.map(({ location }) => location) ?? [],
    versions: recorded?.versions ?? 0,
    technicalUpgrades: recorded?.technicalUpgrades ?? 0,
    snapshots: recorded?.snapshots ?? 0,
    firstDate: recorded?.firstDate?.toISOString() ?? null,
    latestDate: recorded?.latestDate?.toISOString() ?? null,
    latestVersionId: recorded?.latestVersionId ?? null,
    formerly: recorded?.formerly.map(({ serviceId, termsType }) => ({ serviceId, termsType })) ?? [],
  };
}
