import { browser } from 'wxt/browser';
import { notifyOfNews } from '../icon/notify.ts';
import { isTold } from '../icon/told-state.ts';
import { asRecord, asText } from '../state/heal.ts';
import { caught } from './caught.ts';
import { refreshNow } from './on-alarm.ts';
import { retell } from './retell.ts';

/** Several marks at once, as of “mark everything read”, are told of once; still at once for who looks. */
const WAIT = 60;
const MARK = 'mark:';

interface Change {
  readonly oldValue?: unknown;
  readonly newValue?: unknown;
}

let isWaiting = false;
let isAll = false;
const keys = new Set<string>();

/** Tells anew whenever a page changed marks or settings, and reads from another server as soon as one is chosen. */
export function followChanges(): void {
  browser.storage.onChanged.addListener((changes: Readonly<Record<string, Change>>, area: string) => {
    if (area !== 'local') return;
    for (const [item, change] of Object.entries(changes)) note(item, change);
  });
}

function note(item: string, { oldValue, newValue }: Change): void {
  if (item.startsWith(MARK)) keys.add(item.slice(MARK.length));
  // Somebody deleted all data.
  else if (item === 'settings' || (isTold(item) && newValue === undefined)) isAll = true;
  else return;
  if (item === 'settings' && serverOf(newValue) !== serverOf(oldValue)) caught(refreshNow());
  if (!isWaiting) setTimeout(tell, WAIT);
  isWaiting = true;
}

function tell(): void {
  const changed = isAll ? undefined : new Set(keys);
  isWaiting = false;
  isAll = false;
  keys.clear();
  // Whoever turns notifications on is told of what comes from now on, not from the next refresh on.
  caught(retell(changed).then(() => (changed ? undefined : notifyOfNews())));
}

const serverOf = (settings: unknown): string => asText(asRecord(settings).server, '');
