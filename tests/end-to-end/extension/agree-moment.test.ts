import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AGREE_FIXTURES, OTHER_FORMS, pageOf } from '../../helpers/extension/agree-fixtures.ts';
import { clickInChip, readChip, type ShownChip } from '../../helpers/extension/chip-in-page.ts';
import {
  type ChromiumWithExtension,
  openChromiumWithExtension,
} from '../../helpers/extension/chromium-with-extension.ts';
import { type FakeSites, openFakeSites } from '../../helpers/extension/fake-sites.ts';
import { formSource } from '../../helpers/extension/form-fixtures.ts';
import { wordsIn } from '../../helpers/extension/made-popup.ts';
import { openServedTerms, type ServedTerms } from '../../helpers/extension/served-terms.ts';
import { readPopup } from '../../helpers/extension/shown-popup.ts';
import { PRIVACY, SITES, TERMS } from '../../helpers/extension/terms-for-extension.ts';
import { until } from '../../helpers/extension/until.ts';

// In a real Chromium. Larkmail's terms changed once, five days ago, and were first recorded 200 days ago.

const NOW = new Date();
const words = wordsIn('en');
const ago = (days: number): string => words.day(new Date(NOW.getTime() - days * 86_400_000).toISOString());
const KEEP = words('agree_keep');
const CLOSE = words('agree_close');

let sites: FakeSites;
let terms: ServedTerms;
let chromium: ChromiumWithExtension;
let page: Page;

beforeAll(async () => {
  sites = await openFakeSites();
  terms = await openServedTerms(NOW);
  chromium = await openChromiumWithExtension({ sites, server: terms.origin, granted: ['*://*/*'] });
  await turn(true);
  page = await chromium.visit('about:blank');
});
afterAll(async () => {
  await chromium?.close();
  await terms?.close();
  await sites?.close();
});

async function turn(agreeMoment: boolean): Promise<void> {
  await chromium.store({ settings: { server: terms.origin, agreeMoment } });
  await until(`the script is ${agreeMoment ? '' : 'not '}registered`, async () => {
    const scripts = await chromium.inExtension(() => chrome.scripting.getRegisteredContentScripts());
    return scripts.length > 0 === agreeMoment || undefined;
  });
}

/** Shows a page at a host. */
async function go(host: string, html: string, clicks: readonly string[] = []): Promise<void> {
  sites.show(host, html);
  await page.bringToFront();
  await page.goto(`http://${host}/`);
  for (const selector of clicks) await page.click(selector);
}

/** Once it is shown, in a place. */
async function chip(): Promise<ShownChip> {
  await expect.poll(async () => (await readChip(page))?.isAway).toBe(false);
  const shown = await readChip(page);
  if (!shown) throw new Error('The note is gone again.');
  return shown;
}

const lark = (name: string): string => `${name}.${SITES.changed}`;

/** Where everything is and which controls there are, through shadow roots; `hit`: what is clicked at points of a control. */
const layout = () =>
  page.evaluate(() => {
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots) {
      for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) roots.push(shadowRoot);
    }
    const own = roots.flatMap((root) => [...root.querySelectorAll('body, body *, :host *, *')]);
    const elements = [...new Set(own)].filter((one) => document.body.contains(one) || one.getRootNode() !== document);
    const { scrollWidth, scrollHeight } = document.documentElement;
    const boxes = elements.map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return `${one.localName} ${x} ${y} ${width} ${height}`;
    });
    return [...boxes, `${scrollWidth} ${scrollHeight}`, document.body.innerText];
  });

/** Points of controls at which something else than the page's own elements would be clicked. */
const coveredPoints = () =>
  page.evaluate(() => {
    const controls = [
      ...document.querySelectorAll('a, button, input, select, textarea, label, [role=button], lark-join, lark-app'),
    ];
    const points = controls.flatMap((control) => {
      const { left, top, right, bottom } = control.getBoundingClientRect();
      const [middle, centre] = [(left + right) / 2, (top + bottom) / 2];
      return [
        [left + 1, top + 1],
        [right - 1, top + 1],
        [left + 1, bottom - 1],
        [right - 1, bottom - 1],
        [middle, centre],
      ].filter(([x = -1, y = -1]) => right > left && x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
    });
    const covered = points.filter(([x = 0, y = 0]) => !document.body.contains(document.elementFromPoint(x, y)));
    return { points: points.length, covered: covered.length };
  });

describe.each(AGREE_FIXTURES)('$name', ({ name, html, names, clicks }) => {
  test('says which version would be accepted and how often it changed, and moves and covers nothing', async () => {
    await go(`${name}.${SITES.notCovered}`, html, clicks);
    if (name === 'late-rendered') await page.waitForSelector('#root form');
    const without = await layout();
    await go(lark(name), html, clicks);
    const shown = await chip();
    expect(shown.names).toEqual(names);
    expect(shown.text).toContain(`You would accept the version of ${ago(5)}. It changed once since ${ago(200)}.`);
    if (names.includes(PRIVACY)) expect(shown.text).toContain(`the version of ${ago(200)}. It has not changed since`);
    expect(shown.language).toBe('en');
    expect(await layout()).toEqual(without);
    const { points, covered } = await coveredPoints();
    expect({ covered, hasPoints: points > 0 }).toEqual({ covered: 0, hasPoints: true });
    expect(shown.box.width * shown.box.height).toBeGreaterThan(5_000);
  });
});

describe('forms in frames', () => {
  const framed = (host: string): string =>
    pageOf(`<h1>Join</h1><iframe src="http://${host}/" width="900" height="560"></iframe>`);

  test('of the same site', async () => {
    sites.show(lark('inside'), pageOf(formSource('iframe')));
    await go(lark('around'), framed(lark('inside')));
    expect((await chip()).names).toEqual([TERMS, PRIVACY]);
  });

  test.each([
    ['of another site in a covered one', lark('around-other'), 'join.example'],
    ['of a covered site in another one', 'around.example', lark('inside')],
  ])('not %s', async (_name, around, inside) => {
    sites.show(inside, pageOf(formSource('iframe')));
    // The one that may be told of comes later, and says that the script was there.
    await go(around, framed(inside));
    expect(await readChip(page)).toBeUndefined();
    await chromium.inExtension(() => chrome.storage.local.get(null));
    await go(lark('sign-up'), pageOf(formSource('sign-up')));
    await chip();
  });
});

describe.each(OTHER_FORMS)('$name', ({ name, html, names }) => {
  test('is passed over: the note is that of the form after it', async () => {
    await go(lark(name), html);
    expect((await chip()).names).toEqual(names);
  });
});

describe('never in the way', () => {
  const FORM = pageOf(`${formSource('sign-up')}<div style="height: 3000px"></div>`);

  test('typing, the order of focus, scrolling and sending the form are as without it', async () => {
    await go(lark('used'), FORM);
    await chip();
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    const focused = [];
    for (let step = 0; step < 4; step++) {
      await page.keyboard.press('Tab');
      focused.push(
        await page.evaluate(() => document.activeElement?.getAttribute('name') ?? document.activeElement?.localName),
      );
    }
    expect(focused).toEqual(['email', 'password', 'a', 'a']);
    await page.type('[name=email]', 'ada@larkmail.example');
    await page.type('[name=password]', 'secret');
    await page.mouse.move(20, 200);
    await page.mouse.wheel({ deltaY: 400 });
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
    await page.evaluate(() => scrollTo(0, 0));
    await page.click('button');
    await expect.poll(() => sites.requests.at(-1)).toMatch(/^used\.larkmail\.example\/join\?email=ada%40larkmail/);
  });

  test('goes where room is, and away where none is', async () => {
    await go(
      lark('wide'),
      pageOf(
        '<form style="width: 300px"><input type="email"><p>By signing up you accept the <a href="/terms">terms</a>.</p><button>Sign up</button></form>',
      ),
    );
    const before = await chip();
    await page.evaluate(() => {
      document.body.insertAdjacentHTML(
        'beforeend',
        '<button style="position: fixed; inset: 0 0 auto 340px; height: 100%">All of it</button>',
      );
    });
    await expect.poll(async () => (await readChip(page))?.box.x).not.toBe(before.box.x);
    expect((await coveredPoints()).covered).toBe(0);
    await page.evaluate(() => {
      document.body.insertAdjacentHTML(
        'beforeend',
        '<a href="/" style="position: fixed; left: 0; top: 100px; width: 330px; height: 100%">All the rest</a>',
      );
    });
    await expect.poll(async () => (await readChip(page))?.isAway).toBe(true);
    expect((await coveredPoints()).covered).toBe(0);
  });
});

describe('what a site can do', () => {
  const FORM = formSource('sign-up');
  const WATCHING = `<script>
    window.seen = [];
    new MutationObserver((records) => {
      for (const { addedNodes } of records) for (const node of addedNodes) window.seen.push(node.outerHTML ?? node.nodeValue);
    }).observe(document, { childList: true, subtree: true, characterData: true });
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init) { window.seen.push('attached'); return attach.call(this, init); };
    for (const name of ['click', 'keydown', 'focusin', 'pointerdown']) {
      addEventListener(name, ({ composedPath }) => {}, true);
    }
  </script>`;

  test('it cannot read it', async () => {
    await go(lark('watching'), pageOf(FORM, WATCHING));
    await chip();
    const seen = await page.evaluate(() => {
      const host = [...document.documentElement.children].find((one) => one !== document.head && one !== document.body);
      return {
        added: (window as unknown as { seen: string[] }).seen.filter((one) => /^<div/.test(one)),
        isAttached: (window as unknown as { seen: string[] }).seen.includes('attached'),
        root: host?.shadowRoot ?? null,
        text: `${host?.textContent}${host?.innerHTML}${(host as HTMLElement | undefined)?.innerText}`,
      };
    });
    expect(seen).toEqual({ added: ['<div></div>'], isAttached: false, root: null, text: '' });
  });

  test('its styles neither hide it nor change it', async () => {
    await go(lark('plain'), pageOf(FORM));
    const plain = await chip();
    const hostile = `<style>
      html > div { display: none !important; visibility: hidden !important; opacity: 0 !important; transform: scale(0) !important;
        position: static !important; z-index: -1 !important; width: 0 !important; clip-path: inset(50%) !important;
        filter: opacity(0) !important; font: 90px/3 serif !important; pointer-events: auto !important; inset: 0 !important }
      * { color: red !important; font-size: 40px !important; letter-spacing: 9px !important; animation: gone 1s infinite !important }
      form, form * { font-size: 13px !important; letter-spacing: 0 !important }
      @keyframes gone { from, to { visibility: hidden } }
      html, body, body * { animation: none !important }
      #war { position: fixed; inset: 0; z-index: 2147483647; pointer-events: none }
    </style>`;
    await go(lark('styled'), pageOf(`${FORM}<div id="war"></div>`, hostile));
    const { text, box } = await chip();
    expect(text).toBe(plain.text);
    expect([box.width, box.height]).toEqual([plain.box.width, plain.box.height]);
    const isOnTop = await page.evaluate(
      ({ x, y }) => !document.body.contains(document.elementFromPoint(x + 20, y + 20)),
      box,
    );
    expect(isOnTop).toBe(true);
  });

  test('where nothing is shown, neither is it', async () => {
    await go(lark('hidden'), pageOf(FORM, '<style id="all">* { display: none !important }</style>'));
    expect(await readChip(page)).toBeUndefined();
    await page.evaluate(() => {
      document.querySelector('#all')?.remove();
      document.body.append('shown');
    });
    await chip();
  });

  test('clicks and keys that it makes up do nothing', async () => {
    await go(lark('clicking'), pageOf(FORM));
    const { box } = await chip();
    await page.evaluate(({ x, y, width, height }) => {
      const host = [...document.documentElement.children].at(-1) as HTMLElement;
      host.click();
      for (let left = x; left < x + width; left += 10) {
        for (let top = y; top < y + height; top += 10) {
          const target = document.elementFromPoint(left, top) ?? host;
          for (const name of ['pointerdown', 'mousedown', 'mouseup', 'click']) {
            target.dispatchEvent(new MouseEvent(name, { bubbles: true, composed: true, clientX: left, clientY: top }));
          }
        }
      }
      for (const key of ['Tab', 'Enter', ' ', 'Escape']) {
        host.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
      }
    }, box);
    expect((await chip()).buttons).toContain(KEEP);
    expect((await chromium.stored()).receipts).toBeUndefined();
  });

  test('its own rules of what may run and be styled do not concern it', async () => {
    const policy = `default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
    await go(lark('strict'), pageOf(FORM, `<meta http-equiv="Content-Security-Policy" content="${policy}">`));
    const { box } = await chip();
    expect(box.width).toBe(280);
  });
});

describe('a receipt', () => {
  test('is kept by a click, in this browser, and listed in the options', async () => {
    await go(lark('receipt'), pageOf(formSource('checkbox')));
    await chip();
    const before = sites.requests.length;
    await clickInChip(page, KEEP);
    await expect.poll(async () => (await readChip(page))?.text).toContain(words('agree_kept'));
    expect((await chromium.stored()).receipts).toMatchObject([{ serviceName: 'Larkmail', termsType: TERMS }]);
    expect(sites.requests.length).toBe(before);
    const options = await chromium.page('options');
    await expect.poll(() => options.evaluate(() => document.body.innerText)).toContain(`Larkmail – ${TERMS}`);
    await options.close();
  });

  test('later leads to what changed since, at the form and in the popup', async () => {
    await terms.addClause('Larkmail', 'We may read your letters to you aloud.');
    expect((await chromium.refresh()).kind).toBe('newer');
    await go(lark('receipt'), pageOf(formSource('checkbox')));
    const since = words('document_since_agreed', { date: words.day(new Date().toISOString()) });
    const label = `${since}: ${TERMS}`;
    expect((await chip()).buttons).toContain(label);
    const opened = chromium.browser().waitForTarget((one) => one.url().startsWith(`${terms.origin}/en/`));
    await clickInChip(page, label);
    const redline = await (await opened).page();
    await expect.poll(() => redline?.evaluate(() => document.body.innerText)).toContain('aloud');
    await redline?.close();
    const popup = await chromium.popupOn(page);
    const [changed] = (await readPopup(popup)).documents;
    expect(Object.keys(changed?.links ?? {})).toContain(since);
    await popup.close();
  });
});

describe('goes away', () => {
  test('by its button, and stays away on this page', async () => {
    await go(lark('closed'), pageOf(formSource('sign-up')));
    await chip();
    await clickInChip(page, CLOSE);
    await expect.poll(() => readChip(page)).toBeUndefined();
  });

  test('by Escape, which the site gets as well', async () => {
    await go(lark('escaped'), pageOf(formSource('sign-up')));
    await chip();
    await page.evaluate(() => addEventListener('keydown', ({ key }) => document.body.setAttribute('data-key', key)));
    await page.keyboard.press('Escape');
    await expect.poll(() => readChip(page)).toBeUndefined();
    expect(await page.evaluate(() => document.body.dataset.key)).toBe('Escape');
  });

  test('when it is turned off, also where it is shown, and comes nowhere any more', async () => {
    await go(lark('turned-off'), pageOf(formSource('sign-up')));
    await chip();
    await turn(false);
    await expect.poll(() => readChip(page)).toBeUndefined();
    await go(lark('turned-off'), pageOf(formSource('sign-up')));
    expect(await page.evaluate(() => document.documentElement.children.length)).toBe(2);
    await turn(true);
    await go(lark('turned-on'), pageOf(formSource('sign-up')));
    await chip();
  });
});
