import type { DatabaseSync } from 'node:sqlite';

/** Terms under the name that they have now. */
export interface NamedTerms {
  readonly id: number;
  readonly serviceId: string;
  readonly termsType: string;
  /** Ids of the same terms under their former names. */
  readonly former: readonly number[];
}

/** All terms, those left out that go on under another name. */
export function namesOfTerms(database: DatabaseSync): NamedTerms[] {
  const rows = database
    .prepare('SELECT id, service_id, terms_type, formerly FROM terms ORDER BY service_id, terms_type')
    .all()
    .map((row) => ({
      id: Number(row.id),
      serviceId: String(row.service_id),
      termsType: String(row.terms_type),
      formerly: row.formerly === null ? undefined : Number(row.formerly),
    }));
  const formerly = new Map(rows.map((row) => [row.id, row.formerly]));
  const gone = new Set(rows.flatMap((row) => row.formerly ?? []));
  return rows
    .filter(({ id }) => !gone.has(id))
    .map(({ id, serviceId, termsType }) => ({ id, serviceId, termsType, former: chainOf(id, formerly) }));
}

function chainOf(id: number, formerly: ReadonlyMap<number, number | undefined>): number[] {
  const chain: number[] = [];
  // A name that came back ends it.
  for (let at = formerly.get(id); at !== undefined && at !== id && !chain.includes(at); at = formerly.get(at)) {
    chain.push(at);
  }
  return chain;
}
