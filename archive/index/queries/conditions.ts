import type { SQLInputValue } from 'node:sqlite';

/** Conditions of a statement with their values, in order. */
export interface Conditions {
  readonly sql: readonly string[];
  readonly values: readonly SQLInputValue[];
}

/** Those that are there. */
export function conditions(
  ...given: readonly (readonly [string, ...SQLInputValue[]] | false | undefined)[]
): Conditions {
  const present = given.filter((condition) => condition !== false && condition !== undefined);
  return { sql: present.map(([sql]) => sql), values: present.flatMap(([, ...values]) => values) };
}

export const all = (...parts: readonly Conditions[]): Conditions => ({
  sql: parts.flatMap(({ sql }) => sql),
  values: parts.flatMap(({ values }) => values),
});

export const where = ({ sql }: Conditions): string => (sql.length > 0 ? `WHERE ${sql.join(' AND ')}` : '');
