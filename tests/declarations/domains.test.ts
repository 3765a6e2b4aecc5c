import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { siteDomains } from '../../archive/collections/site-domains.ts';
import { loadDomains } from '../../archive/declarations/domains.ts';
import { loadDeclarations } from '../../archive/declarations/load-collection.ts';

const root = resolve(import.meta.dirname, '../..');
const { services } = await loadDeclarations(root);
const { domains = new Map<string, readonly string[]>(), faults } = await loadDomains(
  root,
  services.map(({ id }) => id),
);
const sites = await siteDomains([{ id: 'everyday', services: () => services, domains: () => domains }]);
const at = (host: string): string | undefined => {
  const labels = host.split('.');
  const domain = labels.map((_, from) => labels.slice(from).join('.')).find((one) => sites.has(one));
  return (
    domain &&
    sites
      .get(domain)
      ?.map(({ service }) => service.id)
      .join()
  );
};

test('the domains that ship have no fault', () => {
  expect(faults).toEqual([]);
});

test('every service is shown on some site', () => {
  const shown = new Set([...sites.values()].flat().map(({ service }) => service.id));
  expect(services.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
});

test.each<[string, string | undefined]>([
  ['www.google.com', 'Google'],
  ['mail.google.com', 'Google'],
  ['support.google.com', 'Google,YouTube'],
  ['m.youtube.com', 'YouTube'],
  ['en.wikipedia.org', 'Wikipedia'],
  ['www.ikea.com', 'IKEA Family,Ikea'],
  ['chatgpt.com', 'ChatGPT'],
  ['www.amazon.de', 'Amazon.com'],
  ['console.aws.amazon.com', ''],
  ['old.reddit.com', 'Reddit'],
  ['web.whatsapp.com', 'WhatsApp'],
  ['sites.google.com', ''],
  ['n26.com', 'N26'],
  ['meine.bahn.de', 'Deutsche Bahn'],
  ['someone.github.io', undefined],
  ['example.com', undefined],
])('%s shows %s', (host, shown) => expect(at(host)).toBe(shown));

test('no line says what follows from locations anyway', async () => {
  const derived = await siteDomains([{ id: 'everyday', services: () => services, domains: () => new Map() }]);
  const said = (domain: string) =>
    derived
      .get(domain)
      ?.map(({ service }) => service.id)
      .join();
  const needless = [...domains].filter(([domain, ids]) => said(domain) === ids.join()).map(([domain]) => domain);
  expect(needless).toEqual([]);
});
