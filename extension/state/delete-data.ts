import { browser } from 'wxt/browser';
import { dropFiles } from '../files/keep-files.ts';
import { closeFiles } from '../files/open-files.ts';

/**
 * Takes away all that this browser keeps: settings, services, what was read, receipts, and the files of the server. It is then
 * as if the extension had just been installed; permissions stay as the browser has them.
 */
export async function deleteData(): Promise<void> {
  // First what is chosen: a refresh that runs meanwhile shows nothing of a server that is chosen no more.
  await browser.storage.local.clear();
  await browser.storage.session.clear();
  await dropFiles();
  closeFiles();
}
