import type { DatabaseSync } from 'node:sqlite';

/** Terms as the text's index needs them. */
export interface TermsOfText {
  readonly id: number;
  readonly serviceId: string;
  readonly termsType: string;
  /** Id of the terms of which these are the continuation under a new name. */
  readonly formerly: number | undefined;
  /** Highest `seq` of a version whose blocks are stored. */
  readonly textSeq: number;
}

export interface PendingVersion {
  readonly seq: number;
  readonly terms: number;
  /** Id of the blob, 40 or 64 hexadecimal digits. */
  readonly blob: string;
}

/** Terms with versions whose text is not yet stored, together with those whose names they had or took. */
export interface PendingFamily {
  readonly terms: readonly TermsOfText[];
  /** Of all these terms, in commit order. */
  readonly versions: readonly PendingVersion[];
}

/** Families one after another, so that the versions of one document follow each other. */
export function* pendingFamilies(database: DatabaseSync): Generator<PendingFamily> {
  const versions = database.prepare('SELECT seq, terms, blob FROM version WHERE terms = ? AND seq > ? ORDER BY seq');
  for (const terms of familiesWithPending(database)) {
    const pending = terms.flatMap(({ id, textSeq }) =>
      versions.all(id, textSeq).map(({ seq, terms: of, blob }) => ({
        seq: Number(seq),
        terms: Number(of),
        blob: blob instanceof Uint8Array ? blob.toHex() : '',
      })),
    );
    if (terms.length > 1) pending.sort((a, b) => a.seq - b.seq);
    yield { terms, versions: pending };
  }
}

export function countPending(database: DatabaseSync): number {
  const row = database
    // CROSS: from the terms to their versions; SQLite would go through all versions, ten times as slow.
    .prepare(
      `SELECT count(*) AS count FROM terms t CROSS JOIN version v ON v.terms = t.id AND v.seq > t.text_seq
       WHERE t.latest_seq > t.text_seq`,
    )
    .get();
  return Number(row?.count);
}

function familiesWithPending(database: DatabaseSync): TermsOfText[][] {
  // Few terms had another name and few are pending when a record comes: no row of the others is read.
  const pending = database.prepare('SELECT id FROM terms WHERE latest_seq > text_seq ORDER BY id').all();
  const renamed = database.prepare('SELECT id, formerly FROM terms WHERE formerly IS NOT NULL').all();
  const select = database.prepare('SELECT service_id, terms_type, text_seq FROM terms WHERE id = ?');
  const former = new Map(renamed.map(({ id, formerly }) => [Number(id), Number(formerly)]));
  const names = new Set([...former.keys(), ...former.values()]);
  const families = Map.groupBy(names, (id) => oldestName(id, former));

  const termsOf = (id: number): TermsOfText[] => {
    const row = select.get(id);
    if (!row) return [];
    const [serviceId, termsType] = [String(row.service_id), String(row.terms_type)];
    return [{ id, serviceId, termsType, formerly: former.get(id), textSeq: Number(row.text_seq) }];
  };
  const oldestOfPending = new Set(pending.map(({ id }) => oldestName(Number(id), former)));
  return [...oldestOfPending].map((oldest) =>
    (families.get(oldest) ?? [oldest]).toSorted((a, b) => a - b).flatMap(termsOf),
  );
}

/** The terms whose name was the first; of names that were taken and given back, the one with the lowest id. */
function oldestName(id: number, former: ReadonlyMap<number, number>): number {
  const seen: number[] = [];
  for (let name = id; ; ) {
    const place = seen.indexOf(name);
    if (place >= 0) return Math.min(...seen.slice(place));
    seen.push(name);
    const before = former.get(name);
    if (before === undefined) return name;
    name = before;
  }
}
