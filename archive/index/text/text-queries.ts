import type { DatabaseSync } from 'node:sqlite';
import type { ChecksOfTerms } from '../../ledger/checks-of-terms.ts';
import type { TextQueries } from '../index-reader.ts';
import { createChangedWording } from './changed-wording.ts';
import { createClauseHistories } from './clause-histories.ts';
import { createLives } from './lives.ts';
import { mentions } from './mentions.ts';
import { clausesWith } from './passage.ts';
import { search } from './search.ts';

export interface TextQueriesOptions {
  /** What the ledger tells; without it, intervals go by neighbouring records. */
  readonly checks?: ChecksOfTerms | undefined;
}

/** Answers from the text of all versions over a connection that may be read-only. */
export function createTextQueries(database: DatabaseSync, { checks }: TextQueriesOptions = {}): TextQueries {
  const lives = createLives(database, checks);
  const histories = createClauseHistories(database, lives);
  return {
    search: (query) => search(database, lives, query),
    passageHistory: (serviceId, termsType, passage) =>
      clausesWith(database, serviceId, termsType, passage).flatMap((clause) => histories.clause(clause) ?? []),
    clause: (clauseId) => (Number.isSafeInteger(clauseId) ? histories.clause(clauseId) : undefined),
    mentions: (query) => mentions(database, lives, query),
    changedWording: createChangedWording(database),
  };
}
