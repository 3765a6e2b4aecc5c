import { setTimeout as delay } from 'node:timers/promises';
import { Hono } from 'hono';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { answerRows } from '../../../server/api/export-rows.ts';
import { compression } from '../../../server/http/compression.ts';
import { listenInTest } from './app-of-test.ts';

const LINE = new TextEncoder().encode(`${'a line of a table, '.repeat(50)}\n`);

/** A stream without end, which says whether it was cancelled. */
function endless(): { stream: ReadableStream<Uint8Array>; state: { isCancelled: boolean; sent: number } } {
  const state = { isCancelled: false, sent: 0 };
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (state.sent++ > 50) await delay(1);
      controller.enqueue(LINE);
    },
    cancel() {
      state.isCancelled = true;
    },
  });
  return { stream, state };
}

/** Rejections that nobody handles would end the server. */
function unhandled(): unknown[] {
  const found: unknown[] = [];
  const note = (reason: unknown): void => void found.push(reason);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  return found;
}

describe.each(['identity', 'gzip', 'br', 'zstd'])('a streamed answer, %s', (encoding) => {
  test('ends at its source when the reader goes away', async () => {
    const rejections = unhandled();
    const { stream, state } = endless();
    const app = new Hono().use(compression()).get('/', (c) => c.body(stream, 200, { 'Content-Type': 'text/csv' }));
    const { origin } = await listenInTest(app);
    const leaving = new AbortController();
    const answer = await fetch(origin, { headers: { 'Accept-Encoding': encoding }, signal: leaving.signal });
    await answer.body?.getReader().read();
    leaving.abort();
    await expect.poll(() => state.isCancelled).toBe(true);
    expect(rejections).toEqual([]);
  });

  test('that fails in the middle is cut off, tells nothing of the reason, and harms nobody else', async () => {
    const rejections = unhandled();
    // Where the adapter tells its operator.
    const told = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => told.mockRestore());
    let sent = 0;
    const failing = (): ReadableStream<Uint8Array> =>
      new ReadableStream({
        pull(controller) {
          if (sent++ < 20) controller.enqueue(LINE);
          else controller.error(new Error('the disk at /srv/secret is gone'));
        },
      });
    const app = new Hono()
      .use(compression())
      .get('/failing', (c) => c.body(failing(), 200, { 'Content-Type': 'text/csv' }))
      .get('/fine', (c) => c.text('fine'));
    const { origin } = await listenInTest(app);
    const answer = await fetch(`${origin}/failing`, { headers: { 'Accept-Encoding': encoding } });
    const received = await answer.text().catch((error: Error) => error.name);
    expect(received).not.toContain('secret');
    expect(await (await fetch(`${origin}/fine`)).text()).toBe('fine');
    await vi.waitFor(
      () => expect(told).toHaveBeenCalledWith(expect.objectContaining({ message: 'the disk at /srv/secret is gone' })),
      { timeout: 20_000 },
    );
    await delay(50);
    expect(rejections).toEqual([]);
  });
});

test('while a large table is made, others are answered', async () => {
  let made = 0;
  let isLeft = false;
  function* rows(): Generator<{ readonly text: string }[]> {
    try {
      for (; made < 100_000; made++) yield Array.from({ length: 100 }, () => ({ text: 'a cell of a table' }));
    } finally {
      isLeft = true;
    }
  }
  const app = new Hono()
    .get('/table', (c) => answerRows(c, 'csv', 'table', { text: ({ text }) => text }, rows()))
    .get('/fine', (c) => c.text('fine'));
  const { origin } = await listenInTest(app);
  const leaving = new AbortController();
  const table = await fetch(`${origin}/table`, { signal: leaving.signal });
  const reading = table.text().catch(() => 'left');
  expect(await (await fetch(`${origin}/fine`)).text()).toBe('fine');
  expect(made).toBeLessThan(100_000);
  leaving.abort();
  expect(await reading).toBe('left');
  await expect.poll(() => isLeft).toBe(true);
});
