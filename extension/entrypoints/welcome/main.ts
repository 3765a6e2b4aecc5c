import { browser } from 'wxt/browser';

document.body.append(browser.i18n.getMessage('extensionName'));
