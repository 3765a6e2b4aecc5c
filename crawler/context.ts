import type { Ledger } from '../archive/ledger/ledger.ts';
import type { Extractor } from './extract/extractor.ts';
import type { Fetcher } from './fetch/fetcher.ts';
import type { Recorder } from './recorder.ts';
import type { SecondFetches } from './second-fetch/second-fetches.ts';

/** The part of the ledger that tracking reads and writes. */
export type TrackingLedger = Pick<
  Ledger,
  | 'lastExtraction'
  | 'lastSuccessfulExtraction'
  | 'lastSuccessfulCheck'
  | 'recordCheck'
  | 'recordExtraction'
  | 'recordTermsOutcome'
  | 'recordSecondFetch'
>;

/** What tracking works with. Everything is handed in, so that a rehearsal or a test can hand in its own. */
export interface TrackingContext {
  readonly runId: number;
  readonly recorder: Recorder;
  readonly ledger: TrackingLedger;
  readonly fetcher: Fetcher;
  readonly extractor: Extractor;
  /** Folder of the collection, the only place whose files a service's own filters may read. */
  readonly collectionDirectory: string;
  readonly clock: () => Date;
  readonly signal: AbortSignal;
  /** undefined: changes are not fetched a second time. */
  readonly secondFetches?: Pick<SecondFetches, 'plan'> | undefined;
}
