import type { DatabaseSync } from 'node:sqlite';
import type { ChecksOfTerms } from '../../ledger/checks-of-terms.ts';
import type { ChangeInterval, ClauseLife } from '../clause.ts';
import { RECORD_KINDS } from '../schema.ts';
import { createSilences } from './silences.ts';
import type { Span } from './span.ts';

/** Longer than this between two successful checks, and time went unseen: the longest usual schedule is one check a day. */
const UNCHECKED_DAYS = 3;

const DAY = 86_400_000;

/** Tells from versions when something stood. */
export interface Lives {
  /**
   * @param spans oldest first, without overlaps, at least one
   * @param known versions that were read for the same answer: wordings of a clause end and begin with the same ones
   */
  lifeOf(spans: readonly Span[], known?: KnownVersions): ClauseLife;
}

/** Versions by their place in commit order. */
export type KnownVersions = Map<number, VersionFacts>;

interface VersionFacts {
  readonly id: string;
  readonly date: Date;
  readonly isTechnicalUpgrade: boolean;
  readonly serviceId: string;
  readonly termsType: string;
  /** JSON list of the terms' id and those of their former names. */
  readonly names: string;
}

export function createLives(database: DatabaseSync, checks?: ChecksOfTerms): Lives {
  const version = database.prepare(
    `SELECT v.commit_id, v.fetch_date, v.kind, v.terms, t.service_id, t.terms_type
     FROM version v JOIN terms t ON t.id = v.terms WHERE v.seq = ?`,
  );
  const namesOf = database.prepare(
    `WITH RECURSIVE name (id) AS (VALUES (?) UNION SELECT t.formerly FROM name JOIN terms t ON t.id = name.id
       WHERE t.formerly IS NOT NULL)
     SELECT json_group_array(id) AS names FROM name`,
  );
  // From the date downwards: versions near in commit order are near in time, so the first or the second is it.
  const former = database.prepare(
    `SELECT max((SELECT fetch_date FROM version WHERE terms = name.value AND fetch_date <= ?4 AND +seq >= ?2 AND +seq < ?3
       ORDER BY fetch_date DESC LIMIT 1)) AS date FROM json_each(?1) name`,
  );
  const earlier = database.prepare(
    'SELECT EXISTS (SELECT 1 FROM version WHERE terms IN (SELECT value FROM json_each(?)) AND seq < ?) AS is_there',
  );
  const silences = createSilences(database);

  function factsOf(seq: number, known: KnownVersions): VersionFacts {
    const facts = known.get(seq) ?? readFacts(seq);
    known.set(seq, facts);
    return facts;
  }

  function readFacts(seq: number): VersionFacts {
    const row = version.get(seq);
    if (!row || !(row.commit_id instanceof Uint8Array)) {
      throw new TypeError(`The index names a version at place ${seq} that it does not have`);
    }
    return {
      id: row.commit_id.toHex(),
      date: new Date(Number(row.fetch_date) * 1000),
      isTechnicalUpgrade: RECORD_KINDS[Number(row.kind)] === 'technical-upgrade',
      serviceId: String(row.service_id),
      termsType: String(row.terms_type),
      names: String(namesOf.get(Number(row.terms))?.names),
    };
  }

  /** The change that came with the version at `seq`; the former state stood from the version at `since` on. */
  function intervalAt(seq: number, since: number, known: KnownVersions): ChangeInterval {
    const facts = factsOf(seq, known);
    const by = facts.date;
    const common = { by, versionId: facts.id, isTechnicalUpgrade: facts.isTechnicalUpgrade };
    const date = former.get(facts.names, since, seq, by.getTime() / 1000)?.date;
    if (typeof date !== 'number' && earlier.get(facts.names, seq)?.is_there !== 1) {
      return { ...common, after: undefined, basis: 'first-record', gap: undefined };
    }
    // Dates may run backwards: a technical upgrade has the date of its snapshot, and records of the former state may all
    // be dated later. No moment before `by` is known then, and none after it would make sense.
    const recorded = typeof date === 'number' ? new Date(date * 1000) : by;
    const checked = checks?.lastSuccessBefore(facts.serviceId, facts.termsType, by);
    // Fetch dates of records are whole seconds, those of checks are not.
    if (checked && checked.getTime() >= recorded.getTime() - 1000) {
      const after = new Date(Math.min(Math.max(checked.getTime(), recorded.getTime()), by.getTime()));
      return { ...common, after, basis: 'checks', gap: uncheckedBetween(facts, after, by) };
    }
    const days = silences.daysBetween(recorded, by);
    return {
      ...common,
      after: recorded,
      basis: 'records',
      gap: days > 0 ? { days, reason: 'no-records' } : undefined,
    };
  }

  function uncheckedBetween(facts: VersionFacts, after: Date, by: Date): ChangeInterval['gap'] {
    const days = (by.getTime() - after.getTime()) / DAY;
    if (days <= UNCHECKED_DAYS) return undefined;
    const hasFailure = checks?.hasFailureBetween(facts.serviceId, facts.termsType, after, by);
    return { days: Math.floor(days), reason: hasFailure ? 'failed-checks' : 'no-checks' };
  }

  return {
    lifeOf(spans, known = new Map()) {
      const [first, ...others] = spans;
      if (!first) throw new TypeError('A life needs a span');
      const absences: { from: ChangeInterval; until: ChangeInterval }[] = [];
      let [from, until] = first;
      for (const [back, next] of others) {
        if (until !== null)
          absences.push({ from: intervalAt(until, from, known), until: intervalAt(back, until, known) });
        [from, until] = [back, next];
      }
      return {
        appeared: intervalAt(first[0], 0, known),
        disappeared: until === null ? undefined : intervalAt(until, from, known),
        absences,
      };
    },
  };
}
