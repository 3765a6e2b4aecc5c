import 'fake-indexeddb/auto';
import { fakeBrowser } from 'wxt/testing/fake-browser';

// What WXT's fake browser leaves to tests.
Object.assign(fakeBrowser.runtime, {
  getPlatformInfo: async () => ({ os: 'linux', arch: 'x86-64' }),
  getManifest: () => ({ manifest_version: 3, name: 'Clausewatch', version: '0.1.0' }),
});
