import { type FakeSites, openFakeSites } from './fake-sites.ts';
import { type RecordingProxy, startRecordingProxy } from './recording-proxy.ts';
import { openServedTerms, type ServedTerms } from './served-terms.ts';

/** All that there is for a Firefox of a test: a server, websites, and a proxy that leads to them and to nowhere else. */
export interface AroundFirefox {
  readonly terms: ServedTerms;
  readonly sites: FakeSites;
  readonly proxy: RecordingProxy;
  close(): Promise<void>;
}

/** Whoever opens it closes it. */
export async function openAroundFirefox(): Promise<AroundFirefox> {
  const [terms, sites] = await Promise.all([openServedTerms(), openFakeSites()]);
  const own = new URL(terms.origin);
  const proxy = await startRecordingProxy((host) => {
    if (host === own.host) return Number(own.port);
    return /\.(example|test)$/.test(host) ? sites.port : undefined;
  });
  return {
    ...{ terms, sites, proxy },
    async close() {
      await proxy.close();
      await Promise.all([terms.close(), sites.close()]);
    },
  };
}
