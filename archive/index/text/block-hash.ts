import { hash } from 'node:crypto';

/** Bytes of the SHA-256 that are kept: at a billion blocks the chance that any two share them is 10^-21. */
const HASH_BYTES = 16;

/** The identity of a block: of its Markdown exactly as recorded. */
export const blockHash = (markdown: string): Buffer => hash('sha256', markdown, 'buffer').subarray(0, HASH_BYTES);

/**
 * The number of a clause: of the terms and the wording in which it was first seen, so that it is the same in every index
 * of the same records and links to it last. 52 bits, so that it is exact in JavaScript and JSON.
 */
export function clauseNumber(serviceId: string, termsType: string, firstBlock: Uint8Array): number {
  const name = `${serviceId}\0${termsType}\0${Buffer.from(firstBlock).toString('hex')}`;
  const digest = hash('sha256', name, 'buffer');
  return digest.readUIntBE(0, 6) * 16 + ((digest[6] ?? 0) & 15);
}
