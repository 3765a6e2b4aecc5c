import { browser } from 'wxt/browser';
import type { RecentAlert } from '../../server/api/contract.ts';
import { readAlerts, readStored } from '../files/file-store.ts';
import { readCoverage, recentAlerts } from '../files/open-files.ts';
import { newsOfService } from '../news/news-of-service.ts';
import { asMoment, asRecord, asTexts } from '../state/heal.ts';
import { changeItem, type Shape } from '../state/item.ts';
import { readAllMarks } from '../state/marks.ts';
import { readSettings } from '../state/settings.ts';
import { websiteAddresses } from '../views/website-addresses.ts';
import type { Words } from '../words/make-words.ts';
import { loadWords } from '../words/words.ts';
import { type NotableService, type Notified, newsToNotify, type ToNotify } from './news-to-notify.ts';

type NamedService = NotableService & { readonly name: string };

const KEY = 'notified';
/** More changes at once are told of together. */
const MOST_AT_ONCE = 3;
const DIGEST = 'digest';

const shape: Shape<Notified | undefined> = {
  heal: (stored) => {
    const { ids, digestAt } = asRecord(stored);
    const moment = asMoment(digestAt);
    return moment === undefined ? undefined : { ids: asTexts(ids), digestAt: moment };
  },
};

const mayNotify = (): Promise<boolean> => browser.permissions.contains({ permissions: ['notifications'] });

/** Notifies of changes of services that were visited or chosen; each change once. Does nothing unless it was asked for. */
export async function notifyOfNews(now = new Date()): Promise<void> {
  const { notifications: rhythm } = await readSettings();
  if (rhythm === 'off' || !(await mayNotify())) {
    await changeItem(KEY, shape, () => undefined);
    return;
  }
  const services = await notableServices();
  let news: ToNotify | undefined;
  await changeItem(KEY, shape, (notified) => {
    news = newsToNotify(services, rhythm, notified, now);
    return news.notified;
  });
  const names = new Map(services.map(({ key, name }) => [key, name]));
  if (news && news.services.length > 0) await show(news, names, rhythm === 'weekly');
}

/** Leads from a notification to what it tells of. Has to be called again once notifications are allowed. */
export function followNotifications(): void {
  const { notifications } = browser as Partial<typeof browser>;
  notifications?.onClicked.addListener(clicked);
}

/** Of services with a mark and recent alerts; how many others there are costs nothing. */
async function notableServices(): Promise<readonly NamedService[]> {
  const [settings, marks] = await Promise.all([readSettings(), readAllMarks()]);
  const recent = await recentAlerts([...marks.keys()]);
  const services = [...marks].map(async ([key, mark]): Promise<readonly NamedService[]> => {
    const alerts = recent.get(key) ?? [];
    const coverage = alerts.length > 0 ? await readCoverage(key) : undefined;
    if (!coverage) return [];
    const { documents, name } = newsOfService({ key, coverage, alerts, mark }, settings);
    return [{ key, name, alerts, unread: documents.flatMap(({ unread }) => unread) }];
  });
  return (await Promise.all(services)).flat();
}

async function show(news: ToNotify, names: ReadonlyMap<string, string>, isDigest: boolean): Promise<void> {
  const words = await loadWords((await readSettings()).language);
  const changes = news.services.flatMap(({ key, alerts }) => alerts.map((alert) => ({ key, alert })));
  if (isDigest || changes.length > MOST_AT_ONCE) {
    const named = news.services.map(({ key }) => names.get(key) ?? '');
    await create(DIGEST, words('notify_digest', { count: named.length }), named.toSorted().join(', '));
    return;
  }
  for (const { key, alert } of changes) {
    const document = words.termsType(alert.termsType);
    await create(
      `${key} ${alert.id}`,
      words('notify_change', { name: names.get(key) ?? '', document }),
      about(alert, words),
    );
  }
}

function about({ topics, wordsAdded, wordsRemoved, date }: RecentAlert, words: Words): string {
  const counts = words('document_words', { added: wordsAdded, removed: wordsRemoved });
  const named = topics.map((topic) => words.topic(topic)).join(', ');
  return [words.day(date), named, counts].filter((part) => part !== '').join(' · ');
}

async function create(id: string, title: string, message: string): Promise<void> {
  const iconUrl = browser.runtime.getURL('/icons/unread-128.png');
  await browser.notifications.create(id, { type: 'basic', iconUrl, title, message });
}

async function clicked(id: string): Promise<void> {
  await browser.notifications.clear(id);
  const url = (await addressOf(id)) ?? browser.runtime.getURL('/options.html');
  await browser.tabs.create({ url });
}

/** Of the redline on the website, as in the popup: who clicks wants to read it. */
async function addressOf(id: string): Promise<string | undefined> {
  if (id === DIGEST) return undefined;
  const [key = '', alertId = ''] = id.split(' ');
  const [coverage, alerts, stored] = await Promise.all([readCoverage(key), readAlerts(key), readStored()]);
  const alert = alerts.find(({ id }) => id === alertId);
  if (!coverage || !alert || !stored) return undefined;
  const { language } = await loadWords((await readSettings()).language);
  const terms = { ...coverage, type: alert.termsType };
  return websiteAddresses(stored.manifest.website, language).redline(terms, alert.previousId, alert.id);
}
