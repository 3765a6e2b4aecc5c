import { browser } from 'wxt/browser';
import { AGREE_END } from '../agree/agree-messages.ts';
import { readPermissions } from '../setup/permissions.ts';
import { readSettings, watchSettings } from '../state/settings.ts';
import { answerAgreeMessages } from './answer-agree.ts';
import { caught } from './caught.ts';

const ID = 'agree-moment';
/** Not in `matches` of a manifest: that would ask for all sites at installation. */
const MATCHES = ['*://*/*'];

let last: Promise<void> = Promise.resolve();

/**
 * The script beside forms runs where somebody turned it on and its permission is there, and nowhere else. Looked at whenever the
 * worker wakes: browsers forget registered scripts at an update, and people take permissions back in the browser's own settings.
 */
export function followAgreeMoment(): void {
  answerAgreeMessages();
  const follow = (): void => caught(registerAgreeMoment());
  browser.permissions.onAdded.addListener(follow);
  browser.permissions.onRemoved.addListener(follow);
  watchSettings(follow);
  follow();
}

/** Makes what is registered what it should be; one call after the other. */
export function registerAgreeMoment(): Promise<void> {
  last = last.catch(() => undefined).then(register);
  return last;
}

async function register(): Promise<void> {
  const [{ agreeMoment }, permissions] = await Promise.all([readSettings(), readPermissions()]);
  const isWanted = agreeMoment && permissions.has('sites');
  const isThere = (await browser.scripting.getRegisteredContentScripts({ ids: [ID] })).length > 0;
  if (isWanted === isThere) return;
  if (!isWanted) {
    await browser.scripting.unregisterContentScripts({ ids: [ID] });
    return endEverywhere();
  }
  await browser.scripting.registerContentScripts([
    {
      id: ID,
      js: ['agree-moment.js'],
      matches: MATCHES,
      allFrames: true,
      runAt: 'document_idle',
      persistAcrossSessions: true,
    },
  ]);
}

/** Where it runs already. Tabs without it do not answer. */
async function endEverywhere(): Promise<void> {
  const tabs = await browser.tabs.query({});
  const ids = tabs.flatMap(({ id }: { readonly id?: number }) => id ?? []);
  await Promise.allSettled(ids.map((id: number) => browser.tabs.sendMessage(id, { kind: AGREE_END })));
}
