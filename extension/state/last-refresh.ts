import type { DownloadReason } from '../files/download-error.ts';
import { asMoment, asOneOf, asRecord } from './heal.ts';
import { changeItem, readItem, type Shape, watchItems } from './item.ts';

/**
 * Why a refresh failed. `unstored`: the browser could not keep what was downloaded. `permission`: Firefox was not allowed to
 * read from the server (any more).
 */
export type RefreshFault = DownloadReason | 'unstored' | 'permission';

const FAULTS: readonly RefreshFault[] = ['unreachable', 'busy', 'refused', 'damaged', 'unstored', 'permission'];

/** How old what is stored is, and why it is not newer. */
export interface LastRefresh {
  /** When the server last gave what it has, or said that nothing is newer. ISO 8601; `null`: never. */
  readonly succeededAt: string | null;
  /** Of the attempt after that; `null`: it succeeded, or there was none. */
  readonly failure: RefreshFault | null;
}

const KEY = 'lastRefresh';

const shape: Shape<LastRefresh> = {
  heal: (stored) => {
    const { succeededAt, failure } = asRecord(stored);
    return {
      succeededAt: asMoment(succeededAt) ?? null,
      failure: failure == null ? null : asOneOf(failure, FAULTS, 'refused'),
    };
  },
};

export const readLastRefresh = (): Promise<LastRefresh> => readItem(KEY, shape);

export const noteSuccess = (now: Date): Promise<LastRefresh> =>
  changeItem(KEY, shape, () => ({ succeededAt: now.toISOString(), failure: null }));

/** What was stored before stays, and so does its age. */
export const noteFailure = (failure: RefreshFault): Promise<LastRefresh> =>
  changeItem(KEY, shape, ({ succeededAt }) => ({ succeededAt, failure }));

/** Calls back after each attempt. @returns ends it */
export const watchLastRefresh = (called: () => void): (() => void) => watchItems((key) => key === KEY, called);
