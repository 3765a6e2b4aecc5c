import { type Addresses, createAddresses } from '../pages/addresses.ts';
import type { Change, SearchHit } from './contract.ts';

/** Where people read what programs are told of, with scheme and host. English, as all that programs are told. */
export interface PageAddresses {
  /** The redline against the version before; of a first record the version. */
  change(change: Change): string;
  clause(hit: Pick<SearchHit, 'collection' | 'clauseId'>): string;
}

/** @param publicUrl of the server, without a slash at the end */
export function pageAddresses(publicUrl: string): PageAddresses {
  const { origin, pathname } = new URL(publicUrl);
  const to: Addresses = createAddresses(pathname.replace(/\/$/, ''), 'en');
  return {
    change: (change) =>
      origin +
      (change.previousId === null ? to.version(change) : to.redline({ ...change, id: change.previousId }, change)),
    clause: ({ collection, clauseId }) => origin + to.clause(collection, clauseId),
  };
}
