import { browser } from 'wxt/browser';

/** In which kind of browser this runs: they differ in what they can show and in what they add to requests. */
export const thisBrowser = (): 'chromium' | 'firefox' =>
  browser.runtime.getURL('/').startsWith('moz-extension:') ? 'firefox' : 'chromium';
