import { browser } from 'wxt/browser';
import { dropFiles } from '../files/keep-files.ts';
import { closeFiles } from '../files/open-files.ts';
import { SCHEMA } from './schema.ts';

/**
 * Takes away all that this browser keeps: settings, services, what was read, receipts, and the files of the server. It is then
 * as if the extension had just been installed; permissions stay as the browser has them.
 */
export async function deleteData(): Promise<void> {
  // First what is chosen: a refresh that runs meanwhile shows nothing of a server that is chosen no more.
  await browser.storage.local.clear();
  // What is written from now on is of this program's schema.
  await browser.storage.local.set({ schema: SCHEMA });
  await browser.storage.session.clear();
  await dropFiles();
  closeFiles();
}
