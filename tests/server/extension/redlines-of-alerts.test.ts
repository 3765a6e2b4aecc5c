import { expect, test } from 'vitest';
import { ArchiveError } from '../../../archive/git/archive-error.ts';
import { NOT_COMPARED } from '../../../server/extension/cut-redline.ts';
import { createRedlinesOfAlerts } from '../../../server/extension/redlines-of-alerts.ts';
import type { ToldAlert } from '../../../server/extension/told-alerts.ts';
import { QueriesBusyError, QueryTooExpensiveError, TextTooLargeError } from '../../../server/queries/query-error.ts';
import type { QueryPool } from '../../../server/queries/query-pool.ts';

const alert = (blob: string): ToldAlert =>
  ({ collection: {}, previous: { blob: 'before' }, version: { blob } }) as unknown as ToldAlert;
const { signal } = new AbortController();

/** Answers with faults first, then with an empty redline. */
function poolOf(...faults: readonly Error[]) {
  const left = [...faults];
  let asked = 0;
  const redline: QueryPool['redline'] = async () => {
    asked++;
    const fault = left.shift();
    if (fault) throw fault;
    return { blocks: [], wordsInserted: 0, wordsDeleted: 0 };
  };
  return { redline, asked: () => asked };
}
const EMPTY = { blocks: [], blocksLeftOut: 0 };

test('each redline is made once, and kept as long as it is asked for', async () => {
  const pool = poolOf();
  const redlines = createRedlinesOfAlerts(pool);
  expect(await redlines.of(alert('a'), signal)).toEqual(EMPTY);
  await redlines.of(alert('a'), signal);
  redlines.forgetOthers();
  await redlines.of(alert('a'), signal);
  expect(pool.asked()).toBe(1);
  redlines.forgetOthers();
  redlines.forgetOthers();
  await redlines.of(alert('a'), signal);
  expect(pool.asked()).toBe(2);
});

test('threads that are busy are waited for, dear questions asked three times', async () => {
  const busy = new QueriesBusyError('busy');
  expect(await createRedlinesOfAlerts(poolOf(busy, busy)).of(alert('a'), signal)).toEqual(EMPTY);
  const dear = new QueryTooExpensiveError('dear');
  expect(await createRedlinesOfAlerts(poolOf(dear, dear)).of(alert('a'), signal)).toEqual(EMPTY);
  const pool = poolOf(dear, dear, dear);
  expect(await createRedlinesOfAlerts(pool).of(alert('a'), signal)).toEqual(NOT_COMPARED);
  expect(pool.asked()).toBe(3);
});

test('texts that are too large are told without a redline, for good; records that cannot be read, for now', async () => {
  const large = poolOf(new TextTooLargeError('large'));
  const redlines = createRedlinesOfAlerts(large);
  expect(await redlines.of(alert('a'), signal)).toEqual(NOT_COMPARED);
  expect(await redlines.of(alert('a'), signal)).toEqual(NOT_COMPARED);
  expect(large.asked()).toBe(1);
  const gone = createRedlinesOfAlerts(poolOf(new ArchiveError('gone', { directory: 'versions' })));
  expect(await gone.of(alert('a'), signal)).toEqual(NOT_COMPARED);
  expect(await gone.of(alert('a'), signal)).toEqual(EMPTY);
});

test('what nobody expected is thrown, and waiting ends with the server', async () => {
  await expect(createRedlinesOfAlerts(poolOf(new Error('odd'))).of(alert('a'), signal)).rejects.toThrow('odd');
  const ending = new AbortController();
  const waiting = createRedlinesOfAlerts(poolOf(new QueriesBusyError('busy'))).of(alert('a'), ending.signal);
  ending.abort();
  await expect(waiting).rejects.toThrow();
});
