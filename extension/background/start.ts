import { browser } from 'wxt/browser';
import { followNotifications } from '../icon/notify.ts';
import { readInstalledAt } from '../state/installed-at.ts';
import { schemaIsReady } from '../state/schema.ts';
import { followAgreeMoment } from './agree-registration.ts';
import { answerMessages } from './answer-messages.ts';
import { caught } from './caught.ts';
import { followTabs } from './known-tabs.ts';
import { atStart, followAlarms, startUnlessStarted } from './on-alarm.ts';
import { followChanges } from './on-change.ts';

/**
 * Listens to everything at once, before anything is waited for: a worker that was woken is told only of what it listens to then
 * (https://developer.chrome.com/docs/extensions/develop/concepts/service-workers/events).
 */
export function startBackground(): void {
  // Where private windows have a worker of their own, it does nothing.
  if (browser.extension?.inIncognitoContext) return;
  followAlarms();
  followChanges();
  followTabs();
  followNotifications();
  answerMessages();
  followAgreeMoment();
  browser.permissions.onAdded.addListener(({ permissions = [] }: { readonly permissions?: readonly string[] }) => {
    if (permissions.includes('notifications')) followNotifications();
  });
  browser.runtime.onInstalled.addListener(({ reason }: { readonly reason: string }) => caught(installed(reason)));
  caught(startUnlessStarted());
}

/** After an update the items are migrated and the rules drawn anew, before anybody opens the popup. */
async function installed(reason: string): Promise<void> {
  await schemaIsReady();
  await readInstalledAt();
  if (reason === 'install') await browser.tabs.create({ url: browser.runtime.getURL('/welcome.html') });
  await atStart();
}
