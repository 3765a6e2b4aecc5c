import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pageOf } from '../../helpers/extension/agree-fixtures.ts';
import { openChip, readChip } from '../../helpers/extension/chip-in-page.ts';
import {
  type ChromiumWithExtension,
  openChromiumWithExtension,
} from '../../helpers/extension/chromium-with-extension.ts';
import { type FakeSites, openFakeSites } from '../../helpers/extension/fake-sites.ts';
import { formSource } from '../../helpers/extension/form-fixtures.ts';
import { openServedTerms, type ServedTerms } from '../../helpers/extension/served-terms.ts';
import { SITES } from '../../helpers/extension/terms-for-extension.ts';

const DAY = 86_400_000;

let axe: string;
let sites: FakeSites;
let terms: ServedTerms;
let chromium: ChromiumWithExtension;

beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  sites = await openFakeSites();
  sites.show(`join.${SITES.changed}`, pageOf(formSource('sign-up')));
  terms = await openServedTerms();
  chromium = await openChromiumWithExtension({ sites, server: terms.origin, granted: ['*://*/*', 'tabs'] });
});
afterAll(async () => {
  await chromium?.close();
  await terms?.close();
  await sites?.close();
});

type Scheme = 'light' | 'dark';

/** Faults that axe finds in a page, or in one element, as it is shown now. */
async function faultsOf(page: Page, scheme: Scheme, within = 'document'): Promise<string[]> {
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: scheme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  if (!(await page.evaluate('typeof axe === "object"'))) await page.evaluate(axe);
  const { violations } = (await page.evaluate(
    `axe.run(${within}, { resultTypes: ['violations'], elementRef: false })`,
  )) as AxeResults;
  return violations.map(
    ({ id, nodes }) =>
      `${scheme}: ${id}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html.slice(0, 160))
        .join(' | ')}`,
  );
}

const bothSchemes = async (page: Page, within?: string): Promise<string[]> => [
  ...(await faultsOf(page, 'light', within)),
  ...(await faultsOf(page, 'dark', within)),
];

const unfold = (page: Page) =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
    for (const title of document.querySelectorAll<HTMLElement>('.title[aria-expanded="false"]')) title.click();
  });

/** Wider than its window, or moving although that was not wanted. */
const misfits = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const moving = [...document.querySelectorAll('*')].filter((one) => {
      const { animationName, transitionDuration } = getComputedStyle(one);
      return animationName !== 'none' || /[1-9]/.test(transitionDuration);
    });
    return { wider: Math.max(0, scrollWidth - clientWidth), moving: moving.map(({ localName }) => localName) };
  });
const NONE = { wider: 0, moving: [] };

interface PopupState {
  readonly name: string;
  readonly host: string;
  /** What tells that it is this state. */
  readonly mark: string;
  readonly prepare?: () => Promise<void>;
}

const settings = (part: object) => chromium.store({ settings: { server: terms.origin, agreeMoment: true, ...part } });

const POPUPS: readonly PopupState[] = [
  { name: 'a first look', host: SITES.changed, mark: '.redline ins' },
  {
    name: 'unread changes',
    host: SITES.changed,
    mark: '.unread .mark-read',
    async prepare() {
      await terms.addClause('Larkmail', 'We may sell your letters to advertisers.');
      await chromium.refresh();
    },
  },
  { name: 'no changes', host: SITES.unchanged, mark: '.quiet' },
  { name: 'a shared host', host: SITES.shared, mark: '.service + .service' },
  { name: 'a site that is not covered', host: SITES.notCovered, mark: '.empty .stop' },
  {
    name: 'old files',
    host: SITES.changed,
    mark: '.notice',
    prepare: () =>
      chromium.store({
        lastRefresh: { succeededAt: new Date(Date.now() - 4 * DAY).toISOString(), failure: 'unreachable' },
      }),
  },
  { name: 'no server', host: SITES.changed, mark: '.empty .primary', prepare: () => settings({ server: '' }) },
];

describe('the popup has no fault that axe finds', () => {
  test.each(POPUPS)('$name', async ({ host, mark, prepare }) => {
    await prepare?.();
    const tab = await chromium.visit(host);
    const popup = await chromium.popupOn(tab);
    await popup.waitForSelector(mark);
    await unfold(popup);
    expect(await bothSchemes(popup)).toEqual([]);
    expect(await misfits(popup)).toEqual(NONE);
    await popup.close();
    await tab.close();
  });

  test('at 200 %, where it is no higher than 300 pixels and scrolls as one', async () => {
    await settings({});
    const tab = await chromium.visit(SITES.shared);
    const address = `chrome-extension://${chromium.extensionId}/popup.html`;
    // Behind the site, which it then takes for the one that is looked at.
    const opened = chromium.browser().waitForTarget((one) => one.url() === address);
    await tab.bringToFront();
    await chromium.inExtension((url) => chrome.tabs.create({ url, active: false }), address);
    const popup = await (await opened).page();
    if (!popup) throw new Error('The popup was not opened.');
    await popup.waitForSelector('.service');
    await popup.bringToFront();
    await popup.setViewport({ width: 380, height: 300, deviceScaleFactor: 2 });
    expect(await bothSchemes(popup)).toEqual([]);
    const isReached = await popup.evaluate(() => {
      scrollTo(0, document.documentElement.scrollHeight);
      const last = [...document.querySelectorAll('.document')].at(-1)?.getBoundingClientRect();
      const foot = document.querySelector('footer')?.getBoundingClientRect();
      return last !== undefined && foot !== undefined && last.bottom <= foot.top + 1 && foot.bottom <= innerHeight + 1;
    });
    expect(isReached).toBe(true);
    // Beside a scroll bar there is less room than the popup is wide: its margin may be below it, nothing else.
    const cut = await popup.evaluate(() => {
      const { clientWidth } = document.documentElement;
      const all = [...document.querySelectorAll('a, button, p, h1, h2, h3, .facts, .change, summary')];
      return all.filter((one) => one.getBoundingClientRect().right > clientWidth).map((one) => one.outerHTML);
    });
    expect(cut).toEqual([]);
    expect(await popup.evaluate(() => getComputedStyle(document.documentElement).overflowX)).toBe('hidden');
    await popup.close();
    await tab.close();
  });
});

describe.each(['options', 'welcome'] as const)('the page %s', (name) => {
  test.each([
    ['wide', 1280, 860, 1],
    ['narrow', 360, 720, 1],
    ['at 200 %', 640, 430, 2],
  ])('%s: has no fault that axe finds, and nothing hangs over', async (_name, width, height, deviceScaleFactor) => {
    const page = await chromium.page(name);
    await page.setViewport({ width, height, deviceScaleFactor });
    await page.waitForSelector('section');
    await unfold(page);
    expect(await bothSchemes(page)).toEqual([]);
    expect(await misfits(page)).toEqual(NONE);
    await page.close();
  });
});

describe('the note beside a form', () => {
  test('has no fault that axe finds, and what is planted in it is found', async () => {
    await settings({});
    await expect.poll(() => chromium.inExtension(() => chrome.scripting.getRegisteredContentScripts())).toHaveLength(1);
    const page = await chromium.visit(`join.${SITES.changed}`);
    await expect.poll(async () => (await readChip(page))?.isAway).toBe(false);
    await openChip(page);
    const host = 'document.documentElement.lastElementChild';
    expect(await bothSchemes(page, host)).toEqual([]);
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      expect(await faintest(page)).toBeGreaterThanOrEqual(4.5);
    }
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    const transition = await page.evaluate(() => {
      const box = document.documentElement.lastElementChild?.shadowRoot?.querySelector('.chip');
      return box ? getComputedStyle(box).transitionDuration : undefined;
    });
    expect(transition).toBe('0s');
    await page.evaluate(() => {
      const box = document.documentElement.lastElementChild?.shadowRoot?.querySelector('.chip');
      const faint = document.createElement('p');
      faint.textContent = 'Some words';
      faint.style.color = '#999';
      box?.append(faint, document.createElement('input'));
    });
    expect((await faultsOf(page, 'light', host)).join()).toMatch(/label/);
    expect(await faintest(page)).toBeLessThan(4.5);
    await page.close();
  });
});

/** The least contrast of words in the note to its ground, which axe does not find out in a closed root (WCAG 2.2, 1.4.3). */
const faintest = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const box = document.documentElement.lastElementChild?.shadowRoot?.querySelector('.chip');
    if (!box) return 0;
    const luminance = (colour: string): number => {
      const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map((part) => {
        const share = Number(part) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const ground = luminance(getComputedStyle(box).backgroundColor);
    const ratios = [...box.querySelectorAll('*')]
      .filter((one) => [...one.childNodes].some(({ nodeType }) => nodeType === 3))
      .map((one) => luminance(getComputedStyle(one).color))
      .map((ink) => (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05));
    return Math.min(...ratios);
  });

test('a fault that is planted in a page is found', async () => {
  const page = await chromium.page('options');
  await page.waitForSelector('section');
  await page.evaluate(() => {
    document.querySelector('main')?.append(document.createElement('input'));
  });
  expect((await faultsOf(page, 'light')).join()).toMatch(/label/);
  await page.close();
});

describe('by keys alone', () => {
  /** Where the focus goes by Tab until it leaves the page, and where it could not be seen. */
  async function walk(
    page: Page,
  ): Promise<{ readonly stops: number; readonly unseen: string[]; readonly backwards: string[] }> {
    const unseen: string[] = [];
    const backwards: string[] = [];
    let stops = 0;
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    for (; stops < 120; stops++) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const former = (globalThis as { former?: Element }).former;
        const now = document.activeElement;
        if (!now || now === document.body) return undefined;
        Object.assign(globalThis, { former: now });
        const { outlineStyle, outlineWidth } = getComputedStyle(now);
        const { top, bottom } = now.getBoundingClientRect();
        const isAfter = !former || (former.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
        return {
          name: `${now.localName} ${now.textContent?.slice(0, 40)}`,
          isSeen: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 && bottom > 0 && top < innerHeight,
          isAfter,
          isFirst: former !== undefined && !isAfter,
        };
      });
      if (!stop) break;
      if (stop.isFirst && stops > 1) break;
      if (!stop.isSeen) unseen.push(stop.name);
      if (!stop.isAfter) backwards.push(stop.name);
    }
    return { stops, unseen, backwards };
  }

  test('everything in the popup is reached in its order, with the focus in sight', async () => {
    await settings({});
    const tab = await chromium.visit(SITES.changed);
    const popup = await chromium.popupOn(tab);
    const { stops, ...faults } = await walk(popup);
    expect(faults).toEqual({ unseen: [], backwards: [] });
    expect(stops).toBeGreaterThanOrEqual(
      await popup.evaluate(() => document.querySelectorAll('.stop, .foot button').length),
    );
    await popup.close();
    await tab.close();
  });

  test('everything in the options is, and Escape leaves what asks before it deletes', async () => {
    const page = await chromium.page('options');
    await page.setViewport({ width: 1000, height: 700 });
    await page.waitForSelector('section');
    const { stops, ...faults } = await walk(page);
    expect(faults).toEqual({ unseen: [], backwards: [] });
    expect(stops).toBeGreaterThan(20);
    await page.focus('.danger');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog[open]');
    expect(await bothSchemes(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.$('dialog[open]')).toBeNull();
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('danger');
    expect((await chromium.stored()).settings).toMatchObject({ server: terms.origin });
    await page.close();
  });
});
