import { onTestFinished } from 'vitest';
import type { ServedCollections } from '../../../archive/collections/served-collection.ts';
import { findLine } from '../../../extension/files/sorted-lines.ts';
import type { RecentFile, ServiceCoverage } from '../../../server/api/contract.ts';
import { createExtensionFiles, type ExtensionFiles } from '../../../server/extension/extension-files.ts';
import { serviceKey } from '../../../server/extension/service-key.ts';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { BRASS, JUDGED_COLLECTION } from '../../helpers/judged-collection.ts';
import { type ServedOfTest, type ServedOfTestOptions, servedOfTest } from '../../helpers/served.ts';
import { logOfTest } from '../http/app-of-test.ts';

export const TERMS = { serviceId: 'Brass', termsType: 'Terms of Service' };
export const SOLD = `${BRASS.relinked}\n\n## Your data\n\nWe sell your personal data to advertisers and data brokers without asking you.`;
export const KEY = serviceKey('forge', 'Brass');
export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

interface Made {
  readonly served: ServedOfTest;
  readonly files: ExtensionFiles;
  readonly lines: readonly Record<string, unknown>[];
  at(now: string): void;
}

/** Files over collections, made when a test says so. */
export async function made(options: ServedOfTestOptions, now = '2024-02-25T12:00:00Z'): Promise<Made> {
  const served = await servedOfTest(options);
  return { served, ...filesOver(served, now) };
}

export function filesOver(served: ServedCollections, now: string): Omit<Made, 'served'> {
  let clock = new Date(now);
  const queries = createQueryPool({ threads: 1 });
  const { log, lines } = logOfTest();
  const files = createExtensionFiles({ collections: served, queries, log, clock: () => clock, every: 'never' });
  onTestFinished(async () => {
    await files.close();
    await queries.close();
  });
  return {
    files,
    lines,
    at(moment) {
      clock = new Date(moment);
    },
  };
}

export const first = (count: number): ServedOfTestOptions => ({
  collections: [{ ...JUDGED_COLLECTION, records: JUDGED_COLLECTION.records?.slice(0, count) ?? [] }],
});
export const recentOf = (files: ExtensionFiles): RecentFile =>
  JSON.parse(text(files.current()?.recent[0]?.content ?? new Uint8Array()));
export const coverageOf = (files: ExtensionFiles, key = KEY): ServiceCoverage | undefined => {
  const [json] = findLine(files.current()?.services.content ?? new Uint8Array(), key) ?? [];
  return json === undefined ? undefined : JSON.parse(json);
};
export const indexOf = (files: ExtensionFiles): string => text(files.current()?.index.content ?? new Uint8Array());
export const hashes = (files: ExtensionFiles): unknown => {
  const { index, services, recent } = files.current() ?? {};
  return [index?.sha256, services?.sha256, recent?.map(({ sha256 }) => sha256)];
};
