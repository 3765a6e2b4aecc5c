import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import type { IndexedVersion, VersionFilter } from '../../archive/index/indexed-record.ts';
import type { Pause } from '../../archive/pause.ts';
import { undoneVersions, versionAt } from '../api/alert-overlay.ts';
import type { FilteredCollection } from '../api/change-filter.ts';
import { undoneBy } from '../api/undone-by.ts';
import { dayOf } from './days.ts';

/** A change that people are told of. */
export interface ToldAlert {
  readonly collection: ServedCollection;
  readonly version: IndexedVersion;
  readonly previous: IndexedVersion;
  /** Where that is later than the fetch: after a second fetch, or after six checks. */
  readonly toldAt: Date | undefined;
  readonly undoneOn: string | undefined;
  /** Ids of what it withdraws. */
  readonly undoes: readonly string[];
}

/** Alerts of terms, by service and type. */
export interface AlertsOfTerms {
  /** YYYY-MM-DD on which people were told of the last one that stands; null: none does. */
  readonly lastDay: string | null;
  /** Ever, as `show=alerts` counts them. */
  readonly count: number;
}

const AT_ONCE = 100;

/**
 * Changes of a collection of which people were told at a moment or later, with all that a reader learns of them.
 *
 * @param filtered with the filter of alerts
 * @throws IndexUnavailableError
 */
export async function alertsSince(filtered: FilteredCollection, since: Date, pause: Pause): Promise<ToldAlert[]> {
  const { collection, filter } = filtered;
  const alerts: ToldAlert[] = [];
  for await (const version of versionsOf(filtered, { since }, pause)) alerts.push(...told(collection, version));
  const reader = collection.index();
  for (const seq of filter.raised ?? []) {
    const version = versionAt(reader, seq);
    if (!version || version.fetchDate >= since) continue;
    const late = told(collection, version);
    alerts.push(...late.filter(({ toldAt }) => toldAt !== undefined && toldAt >= since));
  }
  return alerts;
}

/** None for what has no earlier version: it changes nothing. */
function told(collection: ServedCollection, version: IndexedVersion): ToldAlert[] {
  const previous = collection.index().versionBefore(version);
  if (!previous) return [];
  const undone = undoneBy(collection, version);
  return [
    {
      collection,
      version,
      previous,
      toldAt: toldLater(collection, version),
      undoneOn: undone && dayOf(undone.fetchDate),
      undoes: undoneVersions(collection, version).map(({ id }) => id),
    },
  ];
}

function toldLater(collection: ServedCollection, version: IndexedVersion): Date | undefined {
  const note = collection.alertOverlay().note(version);
  const isTold = note?.kind === 'persisting' || note?.kind === 'confirmed';
  return isTold && note.date > version.fetchDate ? note.date : undefined;
}

/**
 * Alerts of all terms of a collection that have any: service id → terms type → alerts.
 *
 * @param filtered with the filter of alerts
 * @throws IndexUnavailableError
 */
export async function alertsOfTerms(
  filtered: FilteredCollection,
  pause: Pause,
): Promise<Map<string, Map<string, AlertsOfTerms>>> {
  const { collection, filter } = filtered;
  const byService = new Map<string, Map<string, AlertsOfTerms>>();
  for (const { serviceId, termsType, versions } of collection.index().termsCounts(filter)) {
    await pause();
    const lastDay = await lastStanding(filtered, { serviceId, termsType }, pause);
    const ofService = byService.get(serviceId) ?? new Map<string, AlertsOfTerms>();
    byService.set(serviceId, ofService.set(termsType, { lastDay, count: versions }));
  }
  return byService;
}

/** Of the alerts that were neither withdrawn nor withdraw others, the day of the last one. */
async function lastStanding(
  filtered: FilteredCollection,
  names: { readonly serviceId: string; readonly termsType: string },
  pause: Pause,
): Promise<string | null> {
  const { collection } = filtered;
  const undone = new Set<number>();
  for await (const version of versionsOf(filtered, names, pause, 4)) {
    const undoes = undoneVersions(collection, version);
    for (const { seq } of undoes) undone.add(seq);
    if (undoes.length === 0 && !undone.has(version.seq)) {
      return dayOf(toldLater(collection, version) ?? version.fetchDate);
    }
  }
  return null;
}

/** In descending commit order, read in pieces. */
async function* versionsOf(
  { collection, filter }: FilteredCollection,
  further: VersionFilter,
  pause: Pause,
  atOnce = AT_ONCE,
): AsyncGenerator<IndexedVersion> {
  let before: number | undefined;
  for (;;) {
    const piece = collection.index().versions({ ...filter, ...further }, { limit: atOnce, before });
    for (const version of piece) {
      await pause();
      yield version;
    }
    before = piece.at(-1)?.seq;
    if (piece.length < atOnce || before === undefined) return;
  }
}
