import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FORMS, VISITS } from '../../helpers/extension/fifty-sites.ts';
import { findFirefox } from '../../helpers/extension/find-firefox.ts';
import { type FirefoxWithExtension, openFirefoxWithExtension } from '../../helpers/extension/firefox-with-extension.ts';
import { leaksIn } from '../../helpers/extension/leaks.ts';
import { type RecordingProxy, startRecordingProxy } from '../../helpers/extension/recording-proxy.ts';
import { openFiftySites, type ServedFiftySites } from '../../helpers/extension/served-fifty-sites.ts';

// As traffic.test.ts, for fewer sites: every eighth of the fifty, and one with a form.

const isThere = (await findFirefox()) !== undefined;
const HOSTS = [...VISITS.filter((_, place) => place % 8 === 0), ...FORMS.slice(-1)];
/** What Firefox asks by itself, with any extension or none. */
const FIREFOXES_OWN = ['firefox.settings.services.mozilla.com'];

describe.skipIf(!isThere)(`Firefox${isThere ? '' : ' (which is not installed here)'}`, () => {
  let served: ServedFiftySites;
  let proxy: RecordingProxy;
  let firefox: FirefoxWithExtension;
  let tab: Page;
  beforeAll(async () => {
    served = await openFiftySites();
    proxy = await startRecordingProxy(served.portOf);
    firefox = await openFirefoxWithExtension({ proxy: proxy.port });
    await firefox.chooseServer(served.origin);
    tab = await firefox.browser.newPage();
  });
  afterAll(async () => {
    await firefox?.close();
    await proxy?.close();
    await served?.close();
  });

  const toServer = (): readonly string[] =>
    served
      .toServer(proxy.requests)
      .map(({ url }) => url.replace(/[\da-f]{64}/g, '*').replace(`${served.origin}/api/extension`, ''));

  /** Goes there and opens the popup on the last one: nothing is asked of anybody but the sites. */
  async function visit(hosts: readonly string[]): Promise<string> {
    const before = proxy.requests.length;
    await tab.bringToFront();
    for (const host of hosts) await tab.goto(`http://${host}/`);
    const popup = await firefox.toolbar.openPopup();
    const text = await popup.text();
    await popup.close();
    const asked = proxy.requests.slice(before).map(({ url }) => new URL(url).hostname);
    expect(asked.filter((host) => !hosts.includes(host) && !FIREFOXES_OWN.includes(host))).toEqual([]);
    return text;
  }

  test('nobody learns which sites are visited', async () => {
    // The welcome page looks whether somebody answers; then everything is downloaded.
    const first = ['', '', ...Array(3).fill('/files/*')];
    await expect.poll(toServer).toEqual(first);
    expect(await visit(HOSTS.slice(0, 4))).toContain('marrowstone');
    await served.change(['amberquill', 'emberlyric'], 40);

    const options = await firefox.openExtensionPage('/options.html');
    await options.waitForSelector('#refresh');
    await options.click('#refresh');
    const second = [...first, '', '/deltas/*/*', '/deltas/*/*', '/files/*'];
    await expect.poll(toServer).toEqual(second);
    await options.close();
    expect(await visit(HOSTS.slice(4))).toContain('emberlyric');

    expect(leaksIn(proxy.requests, served.session(FIREFOXES_OWN))).toEqual([]);
    expect(toServer()).toEqual(second);
  });
});
