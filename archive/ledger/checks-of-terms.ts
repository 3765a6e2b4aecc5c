/** What the ledger of checks tells of terms; without one, their records alone tell. */
export interface ChecksOfTerms {
  /** When the source documents were last checked with success before a moment; undefined where the ledger knows of none. */
  lastSuccessBefore(serviceId: string, termsType: string, date: Date): Date | undefined;
  /** Whether a check failed between two moments (both exclusive). */
  hasFailureBetween(serviceId: string, termsType: string, since: Date, until: Date): boolean;
}
