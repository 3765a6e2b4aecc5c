import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { redline } from '../../../archive/changes/redline/redline.ts';
import type { TextHits } from '../../../archive/index/clause.ts';
import { IndexUnavailableError, QuerySyntaxError } from '../../../archive/index/index-error.ts';
import { updateIndex } from '../../../archive/index/update-index.ts';
import { createQueryPool, type QueryPoolOptions } from '../../../server/queries/create-query-pool.ts';
import { QueriesBusyError, QueryTooExpensiveError, TextTooLargeError } from '../../../server/queries/query-error.ts';
import type { QueryPool, QuerySource, RedlineSide } from '../../../server/queries/query-pool.ts';
import { archiveOfRecords } from '../../helpers/archive-of-records.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const shared = createQueryPool({ threads: 1 });
afterAll(() => shared.close());

function poolOfTest(options: QueryPoolOptions): QueryPool {
  const pool = createQueryPool({ threads: 1, ...options });
  onTestFinished(() => pool.close());
  return pool;
}

let blobs = 0;
const side = (text: string, blob = `blob-${blobs++}`): RedlineSide => ({ blob, content: async () => text });

async function search(source: QuerySource, text: string, limit = 10): Promise<TextHits> {
  const [answer] = await shared.search([{ source, query: { text, limit } }]);
  if (answer && 'found' in answer) return answer.found;
  throw answer?.unavailable;
}

/** Two texts whose comparison takes seconds whatever the machine: no two words are the same. */
function farApart(): [RedlineSide, RedlineSide] {
  const words = (seed: number): string =>
    Array.from(
      { length: 250_000 },
      (_, place) => `w${(place * 7919 + seed) % 999_983}${place % 9 === 0 ? '\n\n' : ''}`,
    ).join(' ');
  return [side(words(1)), side(words(2))];
}

async function indexOfTest() {
  const archive = await archiveOfRecords();
  await archive.record(
    'Brook',
    'Terms',
    '# Terms\n\nThe water may be drunk.',
    '# Terms\n\nThe water may not be drunk.',
  );
  await updateIndex(archive);
  return archive;
}

test('a redline is what the thread that asks would have made', async () => {
  const [before, after] = ['# A\n\nOne two three.', '# A\n\nOne two four.\n\nFive.'];
  expect(await shared.redline(side(before), side(after))).toEqual(redline(before, after));
});

test('a redline is remembered by its blobs: the texts are not asked for again', async () => {
  const pool = poolOfTest({});
  let asked = 0;
  const counted = (text: string, blob: string): RedlineSide => ({
    blob,
    content: async () => {
      asked++;
      return text;
    },
  });
  const first = await pool.redline(counted('One.', 'a'), counted('Two.', 'b'));
  expect(await pool.redline(counted('One.', 'a'), counted('Two.', 'b'))).toEqual(first);
  expect(asked).toBe(2);
  await pool.redline(counted('Two.', 'b'), counted('One.', 'a'));
  expect(asked).toBe(4);
  expect(pool.load()).toMatchObject({ running: 0, waiting: 0, cachedRedlines: 2 });
});

test('remembered redlines take no more than their memory', async () => {
  const pool = poolOfTest({ cacheBytes: 50_000 });
  for (let round = 0; round < 20; round++) await pool.redline(side(`${'word '.repeat(500)}${round}`), side('Two.'));
  const { cachedBytes, cachedRedlines } = pool.load();
  expect(cachedRedlines).toBeGreaterThan(0);
  expect(cachedRedlines).toBeLessThan(20);
  expect(cachedBytes).toBeLessThanOrEqual(50_000);
});

test('texts over the limit are refused before a thread is asked', async () => {
  const pool = poolOfTest({ mostCharacters: 100 });
  const refused = pool.redline(side('a'.repeat(60)), side('b'.repeat(41)));
  await expect(refused).rejects.toThrow(TextTooLargeError);
  await expect(refused).rejects.toThrow('Both texts together have 101 characters; up to 100 are compared here.');
});

test('a question that takes longer than its time is ended, and its thread replaced', async () => {
  const pool = poolOfTest({ budget: 100 });
  const ended = pool.redline(...farApart());
  await expect(ended).rejects.toThrow(QueryTooExpensiveError);
  await expect(ended).rejects.toThrow(/took longer than 0.1 s and was ended. Compare versions/);
  // The next thread has to begin first, which takes longer than this pool's time for a question.
  const answered = (): Promise<boolean> =>
    pool.redline(side('One.'), side('Two.')).then(
      () => true,
      () => false,
    );
  await expect.poll(answered, { timeout: 30_000 }).toBe(true);
});

test('more questions than may wait are refused', async () => {
  const pool = poolOfTest({ mostWaiting: 1, budget: 60_000 });
  const gone = new AbortController();
  const running = pool.redline(...farApart(), gone.signal);
  await expect.poll(() => pool.load().running).toBe(1);
  const waiting = pool.redline(side('One.'), side('Two.'));
  await expect.poll(() => pool.load().waiting).toBe(1);
  await expect(pool.redline(side('One.'), side('Two.'))).rejects.toThrow(QueriesBusyError);
  gone.abort(new Error('gone'));
  await expect(running).rejects.toThrow('gone');
  expect((await waiting).blocks.length).toBeGreaterThan(0);
  expect(pool.load()).toMatchObject({ running: 0, waiting: 0 });
});

test('texts of who waits are not read', async () => {
  const pool = poolOfTest({ budget: 60_000 });
  const gone = new AbortController();
  const running = pool.redline(...farApart(), gone.signal);
  await expect.poll(() => pool.load().running).toBe(1);
  let read = 0;
  const counted = (text: string): RedlineSide => ({
    blob: text,
    content: async () => {
      read++;
      return text;
    },
  });
  const waiting = pool.redline(counted('One.'), counted('Two.'));
  await expect.poll(() => pool.load().waiting).toBe(1);
  expect(read).toBe(0);
  gone.abort(new Error('gone'));
  await expect(running).rejects.toThrow('gone');
  await waiting;
  expect(read).toBe(2);
  expect(pool.load()).toMatchObject({ running: 0, waiting: 0 });
});

test('who goes away while waiting is not asked for', async () => {
  const pool = poolOfTest({ budget: 60_000 });
  const first = new AbortController();
  const running = pool.redline(...farApart(), first.signal);
  await expect.poll(() => pool.load().running).toBe(1);
  const second = new AbortController();
  const waiting = pool.redline(side('One.'), side('Two.'), second.signal);
  await expect.poll(() => pool.load().waiting).toBe(1);
  second.abort(new Error('gone too'));
  await expect(waiting).rejects.toThrow('gone too');
  expect(pool.load().waiting).toBe(0);
  await expect(pool.redline(side('One.'), side('Two.'), second.signal)).rejects.toThrow('gone too');
  first.abort(new Error('gone'));
  await expect(running).rejects.toThrow('gone');
});

test('search, clauses and passages come from the index, errors with their message', async () => {
  const { indexFile } = await indexOfTest();
  const source = { indexFile };
  const { hits, total } = await search(source, 'water');
  expect(total).toBe(2);
  expect(hits.map(({ text }) => text).toSorted()).toEqual(['The water may be drunk.', 'The water may not be drunk.']);
  expect(hits[0]?.life.appeared.by).toBeInstanceOf(Date);
  const clauseId = hits[0]?.clauseId ?? -1;
  expect((await shared.clause(source, clauseId))?.wordings).toHaveLength(2);
  expect(await shared.clause(source, 999_999)).toBeUndefined();
  const passage = { serviceId: 'Brook', termsType: 'Terms', text: 'water may be drunk' };
  expect((await shared.passageHistory(source, passage)).map((history) => history.clauseId)).toEqual([clauseId]);
  const unreadable = search(source, '"" ()');
  await expect(unreadable).rejects.toThrow(QuerySyntaxError);
  await expect(unreadable).rejects.toThrow('The query has no words to find.');
});

test('an index that is not there, comes, and is replaced', async () => {
  const archive = await indexOfTest();
  const places = { indexFile: join(await temporaryDirectory(), 'index.sqlite') };
  await expect(search(places, 'water')).rejects.toThrow(IndexUnavailableError);
  copyFileSync(archive.indexFile, places.indexFile);
  expect((await search(places, 'stone')).total).toBe(0);
  await archive.record('Brook', 'Terms', '# Terms\n\nThe stone may be drunk.');
  await updateIndex(archive);
  const next = `${places.indexFile}.new`;
  copyFileSync(archive.indexFile, next);
  for (const suffix of ['-wal', '-shm']) rmSync(places.indexFile + suffix, { force: true });
  renameSync(next, places.indexFile);
  expect((await search(places, 'stone')).total).toBe(1);
});

test('a question is still answered after one whose text could not be had', async () => {
  const lost: RedlineSide = { blob: 'lost', content: () => Promise.reject(new Error('not in the repository')) };
  await expect(shared.redline(lost, side('One.'))).rejects.toThrow('not in the repository');
  expect((await shared.redline(side('One.'), side('Two.'))).blocks.length).toBeGreaterThan(0);
});

test('a question that waits too long is not begun', async () => {
  const pool = poolOfTest({ longestWait: 50, budget: 60_000 });
  const gone = new AbortController();
  const running = pool.redline(...farApart(), gone.signal);
  await expect.poll(() => pool.load().running).toBe(1);
  await expect(pool.redline(side('One.'), side('Two.'))).rejects.toThrow('This question waited 0.05 s');
  expect(pool.load().waiting).toBe(0);
  gone.abort(new Error('gone'));
  await expect(running).rejects.toThrow('gone');
});

test('several indexes are one question; one that cannot be read does not keep the others', async () => {
  const { indexFile } = await indexOfTest();
  const query = { text: 'water', limit: 10 };
  const answers = await shared.search([
    { source: { indexFile: '/nowhere/index.sqlite' }, query },
    { source: { indexFile }, query },
  ]);
  expect(answers.map((one) => ('found' in one ? one.found.total : one.unavailable))).toEqual([
    expect.any(IndexUnavailableError),
    2,
  ]);
  expect(await shared.search([])).toEqual([]);
});

test('more hits than an index gives at once are asked for in parts', async () => {
  const archive = await archiveOfRecords();
  const lines = Array.from({ length: 230 }, (_, place) => `Water number ${place}.`);
  await archive.record('Brook', 'Terms', lines.join('\n\n'));
  await updateIndex(archive);
  const blocks = async (limit: number) => (await search(archive, 'water', limit)).hits.map(({ blockId }) => blockId);
  const all = await blocks(1_000);
  expect(new Set(all).size).toBe(230);
  expect(await blocks(150)).toEqual(all.slice(0, 150));
  expect(await blocks(200)).toEqual(all.slice(0, 200));
});

test('who asks for the same redline at the same time shares the work', async () => {
  const pool = poolOfTest({});
  let asked = 0;
  const counted = (blob: string, text: string): RedlineSide => ({
    blob,
    content: async () => {
      asked++;
      return text;
    },
  });
  const ask = (signal?: AbortSignal) => pool.redline(counted('a', 'One.'), counted('b', 'Two.'), signal);
  const gone = new AbortController();
  const leaving = ask(gone.signal);
  const staying = [ask(), ask()];
  gone.abort(new Error('gone'));
  await expect(leaving).rejects.toThrow('gone');
  const [first, second] = await Promise.all(staying);
  expect(first).toEqual(redline('One.', 'Two.'));
  expect(second).toBe(first);
  expect(asked).toBe(2);
});
