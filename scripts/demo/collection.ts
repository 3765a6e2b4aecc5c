import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { demoServices } from './catalogue.ts';
import { type DemoWeb, localDomain } from './web.ts';

const legal = { select: '.legal-content', remove: '.share' };

const metadata = {
  id: 'clausewatch-demo',
  name: 'Clausewatch demo',
  tagline: 'Fictional services on this computer, to see the tracker at work',
  languages: demoServices.map(({ language }) => language),
  jurisdictions: ['EU'],
};

const configuration = {
  '@opentermsarchive/engine': {
    trackingSchedule: '* * * * *',
    fetcher: { language: 'en' },
    recorder: {
      versions: { storage: { git: { path: './data/versions' } } },
      snapshots: { storage: { git: { path: './data/snapshots' } } },
    },
  },
};

/**
 * Writes the demo's collection, in Open Terms Archive's layout, for services that run at these origins.
 * What is there already is overwritten; records under `data/` are left alone.
 */
export async function writeDemoCollection(directory: string, { services }: Pick<DemoWeb, 'services'>): Promise<void> {
  const declarations = join(directory, 'declarations');
  await mkdir(declarations, { recursive: true });
  await mkdir(join(directory, 'config'), { recursive: true });
  const writeJson = (path: string, content: unknown): Promise<void> =>
    writeFile(join(directory, path), `${JSON.stringify(content, null, 2)}\n`);

  await writeFile(join(directory, 'metadata.yml'), stringify(metadata));
  await writeFile(join(directory, 'domains.yml'), stringify(domainsOf(services)));
  await writeJson('config/default.json', configuration);
  for (const { id, name, origin } of services) {
    await writeJson(`declarations/${id}.json`, { name, terms: demoTerms[id]?.((path) => `${origin}${path}`) });
    const history = demoHistory[id]?.((path) => `${origin}${path}`);
    if (history) await writeJson(`declarations/${id}.history.json`, history);
  }
  await copyFile(
    new URL('services/Kistentausch/filters.js', import.meta.url),
    join(declarations, 'Kistentausch.filters.js'),
  );
}

/** Where each service is used: its domain of the story, and the name under which any browser finds it here. */
const domainsOf = (services: DemoWeb['services']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    services.flatMap((service) => [service.domain, localDomain(service)].map((domain) => [domain, service.id])),
  );

type Declared = Readonly<Record<string, (at: (path: string) => string) => Record<string, unknown>>>;

const demoHistory: Declared = {
  Larkmail: (at) => ({
    'Terms of Service': [{ fetch: at('/terms.html'), select: '#terms', validUntil: '2024-06-30T12:00:00.000Z' }],
  }),
};

const demoTerms: Declared = {
  Larkmail: (at) => ({
    'Terms of Service': {
      fetch: at('/legal/terms'),
      ...legal,
      filter: [{ removeQueryParams: ['utm_source', 'utm_medium'] }],
    },
    'Privacy Policy': { fetch: at('/legal/privacy'), ...legal },
    'Acceptable Use Policy': {
      fetch: at('/assistant/policy'),
      ...legal,
      select: '.legal-content h1, .legal-content h1 ~ *',
      executeClientScripts: true,
    },
  }),
  Kistentausch: (at) => ({
    'Terms of Service': {
      fetch: at('/agb.html'),
      select: '.inhalt',
      remove: '.share',
      filter: ['removeVisitorCounter'],
    },
    'Privacy Policy': {
      fetch: at('/datenschutz'),
      select: '.inhalt h1, .inhalt h1 ~ *',
      remove: '.share',
      executeClientScripts: true,
    },
  }),
  'Nimbo Viajes': (at) => ({
    'Terms of Service': {
      combine: [
        { fetch: at('/legal/condiciones-generales') },
        { fetch: at('/legal/reservas') },
        { fetch: at('/legal/cancelaciones'), select: { startBefore: '.legal-content h1', endBefore: '#footer' } },
      ],
      ...legal,
    },
    'Privacy Policy': { fetch: at('/legal/privacidad'), ...legal },
  }),
  Telebrume: (at) => ({
    'General Conditions of Sale': { fetch: at('/documents/conditions-generales.pdf') },
    'Privacy Policy': { fetch: at('/confidentialite'), ...legal },
    'Acceptable Use Policy': { fetch: at('/charte'), ...legal },
  }),
};
