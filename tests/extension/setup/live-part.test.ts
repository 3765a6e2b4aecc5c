// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import { livePart } from '../../../extension/setup/live-part.ts';
import { element } from '../../../extension/views/element.ts';

let watching: Set<() => void>;
const watch = (called: () => void): (() => void) => {
  watching.add(called);
  return () => watching.delete(called);
};
const change = (): void => {
  for (const called of watching) called();
};

beforeEach(() => {
  watching = new Set();
  document.body.replaceChildren();
});

test('is built anew after each change', async () => {
  let value = 'one';
  document.body.append(await livePart(async () => [value], [watch]));
  expect(document.body.textContent).toBe('one');
  value = 'two';
  change();
  await vi.waitFor(() => expect(document.body.textContent).toBe('two'));
});

test('shows the last of several changes that come while it is built', async () => {
  const waiting: (() => void)[] = [];
  let value = 0;
  let builds = 0;
  const made = livePart(async () => {
    const read = value;
    builds++;
    await new Promise<void>((resolve) => waiting.push(resolve));
    return [String(read)];
  }, [watch]);
  for (value = 1; value < 5; value++) change();
  waiting.shift()?.();
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  waiting.shift()?.();
  document.body.append(await made);
  expect([document.body.textContent, builds]).toEqual(['5', 2]);
});

test('keeps the focus where it was, by its id', async () => {
  const part = await livePart(async () => [element('button', { id: 'a' }), element('button', { id: 'b' })], [watch]);
  document.body.append(part);
  const before = document.getElementById('b');
  before?.focus();
  change();
  await vi.waitFor(() => expect(document.getElementById('b')).not.toBe(before));
  expect(document.activeElement?.id).toBe('b');
});

test('takes no focus that was elsewhere', async () => {
  const elsewhere = element('button', { id: 'elsewhere' });
  document.body.append(elsewhere, await livePart(async () => [element('button', { id: 'a' })], [watch]));
  elsewhere.focus();
  const before = document.getElementById('a');
  change();
  await vi.waitFor(() => expect(document.getElementById('a')).not.toBe(before));
  expect(document.activeElement).toBe(elsewhere);
});

test('ends once it is taken out of the page', async () => {
  const part = await livePart(async () => ['x'], [watch, watch]);
  document.body.append(part);
  change();
  part.remove();
  change();
  expect(watching.size).toBe(0);
});
