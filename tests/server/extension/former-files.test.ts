import { expect, test } from 'vitest';
import { applyDelta } from '../../../extension/files/apply-delta.ts';
import { type BuiltFile, toFile } from '../../../server/extension/extension-file.ts';
import { createFormerFiles, type FormerLimits } from '../../../server/extension/former-files.ts';

const noPause = () => undefined;
const fileOf = (lines: Readonly<Record<string, string>>): Promise<BuiltFile> =>
  toFile(
    Object.keys(lines)
      .sort()
      .map((key) => `${key}\t${lines[key]}\n`),
    'text/plain; charset=utf-8',
    noPause,
  );
const former = (limits?: FormerLimits) => createFormerFiles(() => noPause, limits);
/** So long that a delta of a few lines is worth it. */
const REST = Object.fromEntries(Array.from({ length: 100 }, (_, place) => [`rest-${place}.example`, 'AAAAAAAA\t\t0']));

test('a delta leads from every remembered state to the current one', async () => {
  const files = createFormerFiles(() => noPause);
  // Lines that come, go, change, change back; a name that begins another, a name with a character before the tab's.
  const states = [
    await fileOf({ ...REST, 'a.example': 'x', 'b.example': 'x' }),
    await fileOf({ ...REST, 'a.example': 'y', 'b.example': 'x', 'b.example.test': 'é🦊' }),
    await fileOf({ ...REST, 'b.example': 'x', 'b.example.test': 'é' }),
    await fileOf({ ...REST, 'a.example': 'x', 'b.example': 'z', 'b-.example': 'ü' }),
  ];
  for (const state of states) await files.add(state, noPause);
  const [current] = states.slice(-1);
  for (const state of states.slice(0, -1)) {
    const delta = await files.delta(state.sha256, current?.sha256 ?? '');
    const applied = applyDelta(state.content, Buffer.from(delta ?? ''));
    expect(Buffer.from(applied).toString()).toBe(Buffer.from(current?.content ?? []).toString());
  }
});

test('random histories: whatever changed, deltas lead there', async () => {
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const files = former();
  const states: BuiltFile[] = [];
  let lines: Record<string, string> = { ...REST };
  for (let step = 0; step < 60; step++) {
    lines = { ...lines };
    for (let edit = random(4); edit >= 0; edit--) {
      const key = `k${random(20)}.example`;
      if (random(3) === 0) delete lines[key];
      else lines[key] = String(random(3));
    }
    const file = await fileOf(lines);
    states.push(file);
    await files.add(file, noPause);
    for (const state of states) {
      if (state.sha256 === file.sha256) continue;
      const delta = await files.delta(state.sha256, file.sha256);
      expect(Buffer.from(applyDelta(state.content, Buffer.from(delta ?? 'none'))).equals(file.content)).toBe(true);
    }
  }
});

test('what is not remembered, or is not the current file, has no delta', async () => {
  const files = former({ states: 2, lines: 100 });
  const states = await Promise.all(['1', '2', '3', '4'].map((value) => fileOf({ ...REST, 'a.example': value })));
  for (const state of states) await files.add(state, noPause);
  const [first, second, third, fourth] = states.map(({ sha256 }) => sha256);
  expect(await files.delta(first ?? '', fourth ?? '')).toBeUndefined();
  expect(await files.delta(second ?? '', fourth ?? '')).toBe('+a.example\t4\n');
  expect(await files.delta(second ?? '', third ?? '')).toBeUndefined();
  expect(await files.delta('0'.repeat(64), fourth ?? '')).toBeUndefined();
});

test('more lines than are remembered push out the oldest states', async () => {
  const files = former({ states: 100, lines: 3 });
  const states = await Promise.all(
    ['1', '2', '3'].map((value) => fileOf({ ...REST, 'a.example': value, 'b.example': value })),
  );
  for (const state of states) await files.add(state, noPause);
  const [first, second, third] = states.map(({ sha256 }) => sha256);
  expect(await files.delta(first ?? '', third ?? '')).toBeUndefined();
  expect(await files.delta(second ?? '', third ?? '')).toBe('+a.example\t3\n+b.example\t3\n');
});

test('a delta that is half as long as the whole is none', async () => {
  const files = former();
  const [before, after] = [await fileOf({ a: '1', b: '1' }), await fileOf({ a: '2', b: '2' })];
  await files.add(before, noPause);
  await files.add(after, noPause);
  expect(await files.delta(before.sha256, after.sha256)).toBeUndefined();
});
