import { browser } from 'wxt/browser';
import { schemaIsReady } from './schema.ts';

/** All that is kept of a person. */
export interface ExportedData {
  readonly exportedBy: string;
  readonly exportedAt: string;
  /** Everything in `storage.local`, as it is stored, under the names of its items. */
  readonly items: Readonly<Record<string, unknown>>;
}

/**
 * All that this browser keeps of a person: settings, services, what was read, receipts. The files of the server are left out:
 * everybody has the same.
 */
export async function exportData(now = new Date()): Promise<ExportedData> {
  await schemaIsReady();
  const { name, version } = browser.runtime.getManifest();
  const items = (await browser.storage.local.get(null)) as Readonly<Record<string, unknown>>;
  return { exportedBy: `${name} ${version}`, exportedAt: now.toISOString(), items };
}
