import { expect, test } from 'vitest';
import { siteOfTab } from '../../../extension/popup/site-of-tab.ts';

test.each([
  [{ url: 'https://mail.larkmail.example/inbox?q=1#x' }, { host: 'mail.larkmail.example' }],
  [{ url: 'http://localhost:8080/' }, { host: 'localhost' }],
  [{ url: 'https://LÄRK.example' }, { host: 'xn--lrk-qla.example' }],
  [{ url: 'chrome://newtab/' }, 'internal'],
  [{ url: 'about:blank' }, 'internal'],
  [{ url: 'moz-extension://abc/popup.html' }, 'internal'],
  [{ url: 'file:///home/terms.html' }, 'internal'],
  [{ url: 'view-source:https://larkmail.example' }, 'internal'],
  [{ url: 'https://larkmail.example', incognito: true }, 'private'],
  [{ incognito: true }, 'private'],
  [{}, 'unknown'],
  [{ url: 'no address' }, 'unknown'],
  [undefined, 'unknown'],
])('%o: %o', (tab, site) => {
  expect(siteOfTab(tab)).toEqual(site);
});
