import { ApiError } from './api-error.ts';

/** How far a list over several collections was read. Collections that are not in it are at their end. */
export type Positions = readonly Position[];

export interface Position {
  readonly collection: string;
  /** undefined: nothing of it was read yet, as it could not answer. */
  readonly place: Place | undefined;
}

export interface Place {
  /** Only records with a lower `seq` are left. */
  readonly before: number;
  /** Epoch of the index that gave `before`: another one may have numbered its records otherwise. */
  readonly epoch: string;
}

/** A cursor is opaque to its bearer. What it says is checked like any other parameter when it comes back. */
export const writeCursor = (positions: Positions): string =>
  Buffer.from(
    JSON.stringify(
      positions.map(({ collection, place }) => [collection, ...(place ? [place.before, place.epoch] : [])]),
    ),
  ).toString('base64url');

/** @throws ApiError of code `invalid-request` where the text is no cursor. */
export function readCursor(text: string): Positions {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    throw notACursor();
  }
  if (!Array.isArray(value)) throw notACursor();
  return value.map((entry: unknown) => {
    if (!Array.isArray(entry)) throw notACursor();
    const [collection, before, epoch]: unknown[] = entry;
    if (typeof collection !== 'string') throw notACursor();
    if (entry.length === 1) return { collection, place: undefined };
    if (!isPlace(before) || typeof epoch !== 'string') throw notACursor();
    return { collection, place: { before, epoch } };
  });
}

const isPlace = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0;

const notACursor = (): ApiError =>
  new ApiError('invalid-request', 'The cursor cannot be read.', {
    next: 'Give `nextCursor` of the part before as it was, or leave the cursor out to begin anew.',
    faults: [{ parameter: 'cursor', message: 'is no cursor of this API' }],
  });

/** For lists that are ordered by a name: the place after which they go on. */
export const writeNameCursor = (after: readonly string[]): string =>
  Buffer.from(JSON.stringify(after)).toString('base64url');

/** @throws ApiError of code `invalid-request` where the text is no cursor. */
export function readNameCursor(text: string, length: number): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    throw notACursor();
  }
  if (Array.isArray(value) && value.length === length && value.every((part) => typeof part === 'string')) return value;
  throw notACursor();
}
