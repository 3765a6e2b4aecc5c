import { createHash } from 'node:crypto';
import type { MadeUpService } from '../../helpers/extension/made-up-files.ts';
import type { ListedService } from './listed-services.ts';

/** Of contrib's services, how many have an alert in 30 days. */
const ALERTED_OF_TEN = 4;
/** About 600 bytes of redline for each of 40,000 alerts: what the server gives at most, 24 MB. */
const SENTENCE =
  'We may share what you tell us with partners that help us to run, improve and advertise our services. ';

const hashOf = (place: number): Buffer => createHash('sha256').update(String(place)).digest();

/** Domains of 9 to 16 characters, two documents, and alerts as often as contrib has them. */
export function madeUpServices(count: number): readonly MadeUpService[] {
  return Array.from({ length: count }, (_, place): MadeUpService => {
    const hash = hashOf(place);
    const name = hash.toString('hex').slice(0, 4 + (place % 6));
    const key = hash.toString('base64url').slice(0, 8);
    return {
      key,
      domain: `${name}${place.toString(36)}.com`,
      coverage: {
        ...{ collection: 'made-up', serviceId: `Service ${name} ${place}`, name: `Service ${name}` },
        terms: [
          ['Terms of Service', '2024-03-01', '2026-05-01', 12],
          ['Privacy Policy', '2024-03-01', '2026-04-01', 7],
        ],
      },
      alerts: place % 10 < ALERTED_OF_TEN ? [{ date: dateOf(place), blocks: [blockOf(place)] }] : [],
    };
  });
}

const dateOf = (place: number): string => new Date(Date.now() - (place % 29) * 86_400_000).toISOString();

const blockOf = (place: number) => ({
  ...({ kind: 'changed', block: 'paragraph', headings: ['Your data'], from: 4, to: 4, gap: '' } as const),
  spans: [{ kind: 'equal', text: SENTENCE } as const, { kind: 'inserted', text: `${SENTENCE}${place}` } as const],
});

export const asList = (services: readonly MadeUpService[]): readonly ListedService[] =>
  services.map(({ domain, coverage }, id) => ({ id, name: coverage?.name ?? '', urls: [domain], rating: 'C' }));

/** Half of them tracked, by a host below the domain as often as by the domain itself. */
export function hostsOf(services: readonly MadeUpService[], count: number): readonly string[] {
  return Array.from({ length: count }, (_, place) => {
    const { domain } = services[(place * 7_919) % services.length] ?? { domain: '' };
    if (place % 2 === 0) return `www.elsewhere-${place}.com`;
    return place % 4 === 1 ? domain : `www.${domain}`;
  });
}
