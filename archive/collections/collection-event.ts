import type { Fault } from '../declarations/fault.ts';

/** Something about a collection that its operator should hear of; the message says what, and what is done about it. */
export interface CollectionEvent {
  readonly kind:
    | 'declarations-loaded'
    | 'declarations-faulty'
    | 'declarations-missing'
    | 'ledger-unreadable'
    | 'lists-loaded'
    | 'lists-faulty'
    /** Members that no collection has. */
    | 'lists-unknown';
  /** undefined: all of them. */
  readonly collection: string | undefined;
  readonly message: string;
  readonly faults?: readonly Fault[];
}
