/**
 * What stands in the place of `webextension-polyfill` where that would do nothing: Firefox has `browser` itself, and of Chromium's
 * `chrome` all that this extension uses gives promises from the version on that the manifest asks for
 * (docs/decisions/0011-the-polyfill-is-for-pages.md).
 */
const { browser, chrome } = globalThis as {
  readonly browser?: { readonly runtime?: unknown };
  readonly chrome?: unknown;
};

export default browser?.runtime ? browser : chrome;
