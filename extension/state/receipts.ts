import { asMoment, asRecord } from './heal.ts';
import { changeItem, readItem, type Shape, watchItems } from './item.ts';
import type { Receipt } from './settings-types.ts';

const KEY = 'receipts';
/** Somebody agrees to terms a few times a month. Beyond it the oldest go. */
const MOST = 1_000;
const LONGEST = 300;

const shape: Shape<readonly Receipt[]> = {
  heal: (stored) => (Array.isArray(stored) ? stored : []).flatMap((one) => readReceipt(asRecord(one)) ?? []),
};

/** Newest first. */
export const readReceipts = (): Promise<readonly Receipt[]> => readItem(KEY, shape);

/**
 * Keeps a receipt; one for the same document at the same moment is kept once.
 *
 * @throws Error for what is no receipt
 */
export async function keepReceipt(receipt: Receipt): Promise<void> {
  const kept = readReceipt({ ...receipt });
  if (!kept) throw new Error('A receipt needs a service, a terms type and a moment.');
  await changeItem(KEY, shape, (all) =>
    [kept, ...all.filter((one) => !isSame(one, kept))]
      .toSorted((a, b) => Date.parse(b.agreedAt) - Date.parse(a.agreedAt))
      .slice(0, MOST),
  );
}

export const removeReceipt = (receipt: Pick<Receipt, 'key' | 'termsType' | 'agreedAt'>): Promise<unknown> =>
  changeItem(KEY, shape, (all) => all.filter((one) => !isSame(one, receipt)));

/** Calls back after each change. @returns ends it */
export const watchReceipts = (called: () => void): (() => void) => watchItems((item) => item === KEY, called);

type Named = Pick<Receipt, 'key' | 'termsType' | 'agreedAt'>;

const isSame = (a: Named, b: Named): boolean =>
  a.key === b.key && a.termsType === b.termsType && a.agreedAt === b.agreedAt;

function readReceipt(value: Readonly<Record<string, unknown>>): Receipt | undefined {
  const { key, serviceName, termsType, versionId } = value;
  const agreedAt = asMoment(value.agreedAt);
  if (typeof key !== 'string' || !/^[\w-]{8}$/.test(key) || agreedAt === undefined) return undefined;
  if (typeof serviceName !== 'string' || typeof termsType !== 'string' || termsType === '') return undefined;
  const isId = typeof versionId === 'string' && /^[\da-f]{40,64}$/.test(versionId);
  return {
    key,
    serviceName: serviceName.slice(0, LONGEST),
    termsType: termsType.slice(0, LONGEST),
    versionId: isId ? versionId : null,
    versionDate: asMoment(value.versionDate) ?? null,
    agreedAt,
  };
}
