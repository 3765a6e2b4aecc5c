import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Context } from 'hono';
import { ApiError } from './api-error.ts';
import { toCsvLine } from './csv.ts';

/** How a row of an export is written. */
export interface Columns<Row> {
  /** Column → cell. */
  readonly [name: string]: (row: Row) => string | number | boolean | null;
}

export const EXPORT_FORMATS = {
  'text/csv':
    'All of it, with a line of names first, in UTF-8 with a byte order mark (`utf-8-sig`), so that spreadsheets read it as such. Cells that a spreadsheet would run begin with an apostrophe.',
  'application/jsonl': 'All of it, one JSON object a line.',
};

/**
 * Files hold all that matches: a file of some rows would be taken for the whole.
 *
 * @param others what the other formats hold
 * @throws ApiError of code `invalid-request` where one of these parameters is given
 */
export function refuseParts(
  c: Context,
  parameters: readonly string[],
  others = 'csv and jsonl hold all that match',
): void {
  const faults = parameters
    .filter((parameter) => c.req.query(parameter) !== undefined)
    .map((parameter) => ({ parameter, message: `is for json alone: ${others}` }));
  if (faults.length === 0) return;
  throw new ApiError(
    'invalid-request',
    faults.map(({ parameter, message }) => `“${parameter}” ${message}.`).join(' '),
    { next: 'Leave it out, and narrow what is asked by its filters.', faults },
  );
}

/** By which spreadsheets know UTF-8; without it, Excel shows “é” as “Ã©”. Readers of CSV pass over it where told `utf-8-sig`. */
const BYTE_ORDER_MARK = '\u{feff}';

/** Rows of one export; more have to be asked for in parts. */
export const MOST_ROWS = 100_000;

/**
 * Answers rows as they come, part by part, so that neither side holds them all.
 *
 * @param parts is ended where the reader goes away.
 */
export function answerRows<Row>(
  c: Context,
  format: 'csv' | 'jsonl',
  name: string,
  columns: Columns<Row>,
  parts: Iterator<readonly Row[]> | AsyncIterator<readonly Row[]>,
): Response {
  const encoder = new TextEncoder();
  const write =
    format === 'csv'
      ? (row: Row): string => toCsvLine(Object.values(columns).map((cell) => cell(row)))
      : (row: Row): string => `${JSON.stringify(row)}\n`;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      if (format === 'csv') controller.enqueue(encoder.encode(BYTE_ORDER_MARK + toCsvLine(Object.keys(columns))));
    },
    async pull(controller) {
      // A reader on this machine is so fast that nothing here would ever wait: all others would, for seconds.
      await othersTurn();
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value.map(write).join('')));
    },
    async cancel() {
      await parts.return?.();
    },
  });
  c.header('Content-Type', format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/jsonl');
  c.header('Content-Disposition', `attachment; filename="${name}.${format}"`);
  c.header('Cache-Control', 'public, max-age=60');
  c.header('X-Content-Type-Options', 'nosniff');
  return c.body(body);
}
