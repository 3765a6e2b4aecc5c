import { bytesOf } from '../records/record-table.ts';

/**
 * The lowest and the highest commit id that an id stands for: the same for a full one. Open Terms Archive takes ids
 * shortened to 7 digits, in upper case too; anything else is no id.
 */
export function idRange(id: string): [lowest: Uint8Array, highest: Uint8Array] | undefined {
  if (!/^[0-9a-f]{7,40}$/i.test(id)) return undefined;
  return [bytesOf(id.padEnd(40, '0')), bytesOf(id.padEnd(40, 'f'))];
}
