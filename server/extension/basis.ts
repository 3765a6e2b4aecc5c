import type { ServedCollection, ServedCollections } from '../../archive/collections/served-collection.ts';
import { dayOf } from './days.ts';
import { readerOf } from './generation.ts';

/** All that a generation is made from, by identity: equal where making it anew would give the same. Cheap. */
export type Basis = readonly unknown[];

export function basisOf(collections: ServedCollections, now: Date): Basis {
  return [dayOf(now), ...collections.all().flatMap(partsOf)];
}

export const isSameBasis = (one: Basis, other: Basis): boolean =>
  one.length === other.length && one.every((part, place) => part === other[place]);

/** A reader gives the same state, the very object, until its index is written; so do declarations and overlay. */
function partsOf(collection: ServedCollection): readonly unknown[] {
  const services = collection.services();
  const domains = collection.domains();
  const declared = [services.length === 0 ? 0 : services, domains.size === 0 ? 0 : domains];
  const reader = readerOf(collection);
  if (!reader) return [...declared, undefined, undefined, undefined];
  const overlay = collection.alertOverlay();
  return [...declared, reader.state(), overlay.raised(), overlay.lowered()];
}

/** Collections of which alerts would be missing: being indexed for the first time, or not all judged yet. */
export const unfinished = (collections: ServedCollections): string[] =>
  collections.all().flatMap((collection) => (isFinished(collection) ? [] : collection.id));

function isFinished(collection: ServedCollection): boolean {
  const reader = readerOf(collection);
  const activity = collection.indexActivity();
  if (!reader) return activity.kind === 'failed';
  const { versions, versionsWithoutAnalysis } = reader.state();
  const isBegun = versions > 0 || activity.kind !== 'building';
  return isBegun && versionsWithoutAnalysis === 0;
}
