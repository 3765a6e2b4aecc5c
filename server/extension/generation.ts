import { createHash } from 'node:crypto';
import { ANALYSIS_RULES } from '../../archive/changes/analysis/analyse-change.ts';
import type { ServedCollection, ServedCollections } from '../../archive/collections/served-collection.ts';
import { siteDomains } from '../../archive/collections/site-domains.ts';
import { IndexUnavailableError } from '../../archive/index/index-error.ts';
import type { IndexReader } from '../../archive/index/index-reader.ts';
import type { IndexedTerms } from '../../archive/index/indexed-record.ts';
import type { Pause } from '../../archive/pause.ts';
import { applyChangeFilter } from '../api/change-filter.ts';
import type { ServiceCoverage } from '../api/contract.ts';
import { type BuiltFiles, buildFiles } from './build-files.ts';
import { dayOf, daysBefore } from './days.ts';
import { type KeyedService, type KeyedSites, keySites } from './keyed-sites.ts';
import { newestFirst, writeAlerts } from './recent-alerts.ts';
import type { RedlinesOfAlerts } from './redlines-of-alerts.ts';
import { type AlertsOfTerms, alertsOfTerms, alertsSince, type ToldAlert } from './told-alerts.ts';

/** Everything that extensions are given, as it was made at one moment. */
export interface Generation extends BuiltFiles {
  readonly epoch: string;
  readonly sequence: number;
  readonly newestRecord: string | null;
  readonly recentSince: string;
  readonly collisions: KeyedSites['collisions'];
}

export interface GenerationOptions {
  readonly now: Date;
  readonly redlines: RedlinesOfAlerts;
  readonly pause: Pause;
  readonly signal: AbortSignal;
}

/** Days of which alerts are given. */
const RECENT_DAYS = 30;

/** What a collection has of its services: service id → terms types with records and alerts. */
interface Recorded {
  readonly terms: ReadonlyMap<string, readonly IndexedTerms[]>;
  readonly alerts: ReadonlyMap<string, ReadonlyMap<string, AlertsOfTerms>>;
}

/**
 * Makes all files. Records that cannot be read just now are left out, as if there were none yet.
 *
 * @throws the signal's reason; whatever an index throws that is replaced meanwhile
 */
export async function makeGeneration(collections: ServedCollections, options: GenerationOptions): Promise<Generation> {
  const { now, redlines, pause, signal } = options;
  const { keys: domains, services, collisions } = await keySites(await siteDomains(collections.all(), pause), pause);
  const keyOf = new Map<string, string>();
  for (const { key, collection, service } of services.values()) {
    await pause();
    keyOf.set(`${collection}\0${service.id}`, key);
  }
  const recentSince = daysBefore(now, RECENT_DAYS);
  const recorded = new Map<string, Recorded>();
  const alerts: ToldAlert[] = [];
  for (const filtered of applyChangeFilter(collections, { show: 'alerts' })) {
    signal.throwIfAborted();
    const { collection } = filtered;
    const reader = readerOf(collection);
    if (!reader) continue;
    const terms = Map.groupBy(reader.terms(), ({ serviceId }) => serviceId);
    recorded.set(collection.id, { terms, alerts: await alertsOfTerms(filtered, pause) });
    alerts.push(...(await alertsSince(filtered, new Date(recentSince), pause)));
  }
  const coverages = new Map<string, ServiceCoverage>();
  for (const service of services.values()) {
    await pause();
    coverages.set(service.key, coverageOf(service, recorded.get(service.collection)));
  }
  const keyed = (await newestFirst(alerts, pause)).flatMap((alert): [string, ToldAlert][] => {
    const key = keyOf.get(`${alert.collection.id}\0${alert.version.serviceId}`);
    return key === undefined ? [] : [[key, alert]];
  });
  const written = await writeAlerts(keyed, (alert) => redlines.of(alert, signal), pause);
  redlines.forgetOthers();
  return {
    ...(await buildFiles({ domains, coverages, alerts: written }, pause)),
    ...factsOf(collections.all()),
    recentSince,
    collisions,
  };
}

function coverageOf({ collection, service }: KeyedService, recorded: Recorded | undefined): ServiceCoverage {
  const alerts = recorded?.alerts.get(service.id);
  const terms = new Map((recorded?.terms.get(service.id) ?? []).map((one) => [one.termsType, one]));
  return {
    collection,
    serviceId: service.id,
    name: service.name,
    terms: service.terms.map(({ type }) => {
      const since = terms.get(type)?.firstDate;
      const { lastDay, count } = alerts?.get(type) ?? { lastDay: null, count: 0 };
      return [type, since ? dayOf(since) : null, lastDay, count];
    }),
  };
}

/** What the manifest says of the records. */
function factsOf(collections: readonly ServedCollection[]): Pick<Generation, 'epoch' | 'sequence' | 'newestRecord'> {
  const epochs: string[] = [];
  let sequence = 0;
  let newest = 0;
  for (const collection of collections) {
    const reader = readerOf(collection);
    if (!reader) continue;
    const { epoch, versions } = reader.state();
    epochs.push(`${collection.id} ${epoch}`);
    sequence += versions;
    for (const { latestDate } of reader.terms()) newest = Math.max(newest, latestDate?.getTime() ?? 0);
  }
  const basis = JSON.stringify([ANALYSIS_RULES, epochs.sort()]);
  return {
    epoch: createHash('sha256').update(basis).digest('hex').slice(0, 16),
    sequence,
    newestRecord: newest === 0 ? null : new Date(newest).toISOString(),
  };
}

/** undefined: there is no index to be read. */
export function readerOf(collection: ServedCollection): IndexReader | undefined {
  try {
    const reader = collection.index();
    reader.state();
    return reader;
  } catch (error) {
    if (error instanceof IndexUnavailableError) return undefined;
    throw error;
  }
}
