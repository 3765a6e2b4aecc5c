import type { Page } from 'puppeteer';
import type { ExtensionInBrowser } from './extension-in-browser.ts';
import { SHARED_HOST } from './pictured-archive.ts';
import type { Items } from './pictured-person.ts';

/** Something that people see of the extension. */
export interface ExtensionPicture {
  readonly name: string;
  /** In CSS pixels; `own`: as wide as the browser makes it. */
  readonly widths: readonly (number | 'own')[];
  /** Also what is below the window. */
  readonly isWhole: boolean;
  /** What is kept then beside or in place of what a person keeps who has used it for a month; undefined: nothing is. */
  readonly items?: (usual: Items, now: Date) => Items;
  /** Shows it. */
  readonly open: (extension: ExtensionInBrowser, width: number | 'own') => Promise<Page>;
}

const DAY_MS = 86_400_000;

const popup = (name: string, host: string, part: Partial<ExtensionPicture> = {}): ExtensionPicture => ({
  name: `popup-${name}`,
  widths: ['own', 360],
  isWhole: false,
  open: (extension, width) =>
    width === 'own' ? extension.openPopup(`http://${host}/`) : extension.openPopupAsPage(`http://${host}/`),
  ...part,
});

const ownPage = (name: string): ExtensionPicture => ({
  name,
  widths: [1280, 360],
  isWhole: true,
  async open({ browser, id }) {
    const tab = await browser.newPage();
    await tab.goto(`chrome-extension://${id}/${name}.html`, { waitUntil: 'load' });
    await tab.waitForSelector('section');
    return tab;
  },
});

const withoutMarks = (items: Items): Items =>
  Object.fromEntries(Object.entries(items).filter(([key]) => !key.startsWith('mark:')));

export const PICTURES: readonly ExtensionPicture[] = [
  popup('no-server', 'larkmail.example', {
    items: (usual) => ({ settings: { ...(usual.settings as object), server: '' } }),
  }),
  popup('changed', 'larkmail.example'),
  popup('first-look', 'kistentausch.example', { items: withoutMarks }),
  popup('unchanged', 'nimboviajes.example'),
  popup('shared-host', SHARED_HOST),
  popup('not-covered', 'brotgasse.example'),
  popup('offline', 'larkmail.example', {
    items: (usual, now) => ({
      ...usual,
      lastRefresh: { succeededAt: new Date(now.getTime() - 4 * DAY_MS).toISOString(), failure: 'unreachable' },
    }),
  }),
  ownPage('options'),
  ownPage('welcome'),
  {
    name: 'chip',
    widths: [800, 360],
    isWhole: false,
    async open({ browser }) {
      const tab = await browser.newPage();
      await tab.goto('http://larkmail.example/join', { waitUntil: 'load' });
      // Its root is closed to this script as well: it is there once its host is.
      await tab.waitForSelector('html > div');
      return tab;
    },
  },
];
