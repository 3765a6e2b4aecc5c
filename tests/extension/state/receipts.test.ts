import { beforeEach, describe, expect, test } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { keepReceipt, readReceipts, removeReceipt } from '../../../extension/state/receipts.ts';
import type { Receipt } from '../../../extension/state/settings-types.ts';

const RECEIPT: Receipt = {
  key: 'larkmail',
  serviceName: 'Larkmail',
  termsType: 'Terms of Service',
  versionId: 'a'.repeat(40),
  versionDate: '2026-03-01T08:00:00.000Z',
  agreedAt: '2026-03-20T12:00:00.000Z',
};
const LATER: Receipt = { ...RECEIPT, agreedAt: '2026-04-01T12:00:00.000Z', versionId: null, versionDate: null };

beforeEach(() => fakeBrowser.reset());

describe('receipts', () => {
  test('are kept, newest first, and taken away', async () => {
    expect(await readReceipts()).toEqual([]);
    await Promise.all([
      keepReceipt(LATER),
      keepReceipt(RECEIPT),
      keepReceipt({ ...RECEIPT, termsType: 'Privacy Policy' }),
    ]);
    expect((await readReceipts())[0]).toEqual(LATER);
    expect(await readReceipts()).toHaveLength(3);
    await removeReceipt(LATER);
    expect(await readReceipts()).toContainEqual(RECEIPT);
    expect(await readReceipts()).not.toContainEqual(LATER);
    await removeReceipt(LATER);
    expect(await readReceipts()).toHaveLength(2);
  });

  test('for one document and moment are one', async () => {
    await keepReceipt({ ...RECEIPT, versionId: null });
    await keepReceipt(RECEIPT);
    expect(await readReceipts()).toEqual([RECEIPT]);
  });

  test.each<[string, Partial<Record<keyof Receipt, unknown>>]>([
    ['without a moment', { agreedAt: 'now' }],
    ['of no service', { key: '<script>' }],
    ['of no terms', { termsType: '' }],
    ['without a name', { serviceName: undefined }],
  ])('%s are none', async (_name, part) => {
    await expect(keepReceipt({ ...RECEIPT, ...part } as Receipt)).rejects.toThrow('A receipt needs');
    expect(await readReceipts()).toEqual([]);
  });

  test.each<[string, unknown, readonly Receipt[]]>([
    ['a text', 'none', []],
    ['a record', { 0: RECEIPT }, []],
    ['some garbage', [null, RECEIPT, 7, {}, { ...LATER, key: 7 }], [RECEIPT]],
    [
      'a version that is none',
      [{ ...RECEIPT, versionId: '../../x', versionDate: 7 }],
      [{ ...RECEIPT, versionId: null, versionDate: null }],
    ],
    [
      'a name without an end',
      [{ ...RECEIPT, serviceName: 'x'.repeat(100_000) }],
      [{ ...RECEIPT, serviceName: 'x'.repeat(300) }],
    ],
  ])('heal: %s', async (_name, stored, healed) => {
    await browser.storage.local.set({ receipts: stored });
    expect(await readReceipts()).toEqual(healed);
  });

  test('are at most 1,000', async () => {
    const many = Array.from({ length: 1_000 }, (_, place) => ({
      ...RECEIPT,
      agreedAt: new Date(Date.parse(RECEIPT.agreedAt) - place * 60_000).toISOString(),
    }));
    await browser.storage.local.set({ receipts: many });
    await keepReceipt(LATER);
    const kept = await readReceipts();
    expect(kept).toHaveLength(1_000);
    expect(kept[0]).toEqual(LATER);
    expect(kept.at(-1)).toEqual(many.at(-2));
  });
});
