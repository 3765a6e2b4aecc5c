import { LRUCache } from 'lru-cache';
import type { ServedCollections } from '../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../archive/index/index-error.ts';
import { applyChangeFilter, type ChangeFilter, type FilteredCollection } from '../api/change-filter.ts';
import type { FeedState } from './answer-feed.ts';

/** States of feeds over all collections, kept until anything that they are made from changes. */
export interface KeptStates {
  of(filter: ChangeFilter, key: string, make: () => FeedState): FeedState;
}

/** What one collection gave to a feed. A reader gives the same state, the very object, until its index is written. */
interface Source {
  readonly state: object | undefined;
  /** Filter, which a named list is part of, and the id that entries are named by. */
  readonly asked: string;
  /** Told because of checks, and the very array until that changes: what it raised is withdrawn by others, which say so in every feed. */
  readonly raised: readonly number[] | undefined;
  /** The very array until declarations change: titles have the services' names. */
  readonly services: readonly object[] | undefined;
}

interface Kept {
  readonly sources: readonly Source[];
  readonly state: FeedState;
}

/** Feeds asked for by different filters and addresses; a state is two short values. */
const MAX_KEPT = 2_000;

export function keepStates(collections: ServedCollections): KeptStates {
  const cache = new LRUCache<string, Kept>({ max: MAX_KEPT });
  return {
    of(filter, key, make) {
      const sources = applyChangeFilter(collections, filter).map(sourceOf);
      const kept = cache.get(key);
      if (kept && areSame(kept.sources, sources)) return kept.state;
      const state = make();
      cache.set(key, { sources, state });
      return state;
    },
  };
}

function sourceOf({ collection, filter }: FilteredCollection): Source {
  const asked = JSON.stringify([collection.id, collection.metadata()?.id, filter]);
  const declared = collection.services();
  const services = declared.length > 0 ? declared : undefined;
  try {
    return { state: collection.index().state(), asked, raised: collection.alertOverlay().raised(), services };
  } catch (error) {
    if (error instanceof IndexUnavailableError) return { state: undefined, asked, raised: undefined, services };
    throw error;
  }
}

const areSame = (some: readonly Source[], others: readonly Source[]): boolean =>
  some.length === others.length &&
  some.every(({ state, asked, raised, services }, place) => {
    const other = others[place];
    return state === other?.state && asked === other?.asked && raised === other?.raised && services === other?.services;
  });
