import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;

/** Reads a row's columns with the types that the schema gives them; a wrong one is a defect of a query. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`Column ${column} holds no text`);
  return value;
}

export const optionalText = (row: Row, column: string): string | undefined =>
  row[column] === null ? undefined : text(row, column);

export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`Column ${column} holds no number`);
  return value;
}

export const optionalInteger = (row: Row, column: string): number | undefined =>
  row[column] === null ? undefined : integer(row, column);

export const date = (row: Row, column: string): Date => new Date(text(row, column));

export const json = (row: Row, column: string): unknown => JSON.parse(text(row, column));

/** One of the texts that the schema allows in a column. */
export function oneOf<const Choice extends string>(row: Row, column: string, choices: readonly Choice[]): Choice {
  const value = text(row, column);
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw new TypeError(`Column ${column} holds “${value}”`);
  return choice;
}

/** A JSON object of numbers, such as counts and sizes. */
export const numbers = (value: unknown): Record<string, number> =>
  Object.fromEntries(Object.entries(value ?? {}).map(([key, number]) => [key, Number(number)]));

/** Absent values are NULL in SQLite. */
export const orNull = (value: string | number | undefined): SQLInputValue => value ?? null;
