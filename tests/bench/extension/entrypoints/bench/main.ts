import { browser } from 'wxt/browser';
import { retell } from '../../../../../extension/background/retell.ts';
import { readBytes, readStored } from '../../../../../extension/files/file-store.ts';
import { closeFiles, findSite, openFiles } from '../../../../../extension/files/open-files.ts';
import { refresh } from '../../../../../extension/files/refresh.ts';
import { readLines } from '../../../../../extension/files/sorted-lines.ts';
import { showBadge } from '../../../../../extension/icon/badge.ts';
import { knownOfSite } from '../../../../../extension/news/news-of-site.ts';
import { changeSettings } from '../../../../../extension/state/settings.ts';
import { findInList, type ListedService } from '../../listed-services.ts';

// A page of an extension that is made of the extension's own modules, so that they are measured where they run.

const LIST = 'list';
/** Keeps what a figure of memory is about. */
let held: unknown;

async function time(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Milliseconds of each run. */
async function times(runs: number, work: (run: number) => Promise<unknown>): Promise<readonly number[]> {
  const all: number[] = [];
  for (let run = 0; run < runs; run++) all.push(await time(() => work(run)));
  return all;
}

const bench = {
  /** Downloads from a server on this machine. @returns milliseconds */
  async refresh(server: string) {
    await changeSettings({ server });
    const begun = performance.now();
    const outcome = await refresh(server);
    if (outcome.kind !== 'newer') throw new Error(`The refresh ended otherwise: ${JSON.stringify(outcome)}`);
    return performance.now() - begun;
  },

  /** The database is open, nothing is read of it. */
  touch: () => readStored(),

  load: (runs: number) =>
    times(runs, () => {
      closeFiles();
      return openFiles();
    }),

  async hold() {
    held = await openFiles();
    if (!held) throw new Error('There are no files');
  },

  /** The index, as objects that a program without a binary search would make of it. */
  async holdParsed() {
    const index = await readBytes('index');
    if (!index) throw new Error('There are no files');
    held = new Map([...readLines(index)].map(([domain, keys, day, count]) => [domain, { keys, day, count }]));
    closeFiles();
  },

  release() {
    held = undefined;
    closeFiles();
  },

  /** @returns milliseconds of one look-up */
  async lookUp(hosts: readonly string[]) {
    await openFiles();
    const begun = performance.now();
    let found = 0;
    for (const host of hosts) if (await findSite(host)) found++;
    if (found === 0) throw new Error('Nothing was found');
    return (performance.now() - begun) / hosts.length;
  },

  /** What a popup reads of a site. */
  async popup(hosts: readonly string[]) {
    await openFiles();
    return times(hosts.length, async (run) => {
      const known = await knownOfSite(hosts[run] ?? '');
      if (known.length === 0) throw new Error(`Nothing is known of ${hosts[run]}`);
    });
  },

  /** Icon and badges, made anew after a refresh. */
  tell: () => time(() => retell()),

  /** What is done for each navigation with the permission for tabs, until the badge is set. @returns milliseconds of one */
  async navigate(hosts: readonly string[]) {
    const tab = await browser.tabs.getCurrent();
    const show = (host: string) => showBadge({ id: tab?.id ?? 0, url: `https://${host}/`, incognito: false });
    // Clocks of pages stand still for a tenth of a millisecond: one navigation can be shorter.
    const all = await time(async () => {
      for (const host of hosts) await show(host);
    });
    return all / hosts.length;
  },

  async plantList(services: readonly ListedService[]) {
    await browser.storage.local.set({ [LIST]: services });
  },

  /** For each navigation, the whole list is read again from storage and searched from its beginning. */
  navigateByList: (hosts: readonly string[]) =>
    times(hosts.length, async (run) => {
      const { [LIST]: list } = await browser.storage.local.get(LIST);
      findInList(list as readonly ListedService[], hosts[run] ?? '');
    }),

  dropList: () => browser.storage.local.remove(LIST),
};

Object.assign(globalThis, { bench });
export type Bench = typeof bench;
