import { createHash } from 'node:crypto';
import { createPause } from '../../../archive/pause.ts';
import { keepAlerts, keepLines, showFiles } from '../../../extension/files/keep-files.ts';
import { closeFiles } from '../../../extension/files/open-files.ts';
import { readRecent } from '../../../extension/files/read-recent.ts';
import type { ExtensionManifest, RecentAlert, ServiceCoverage } from '../../../server/api/contract.ts';
import { type BuiltFiles, buildFiles } from '../../../server/extension/build-files.ts';
import type { BuiltFile } from '../../../server/extension/extension-file.ts';

export interface MadeUpService {
  /** Eight characters. */
  readonly key: string;
  readonly domain: string;
  readonly coverage?: Partial<ServiceCoverage>;
  readonly alerts?: readonly Partial<RecentAlert>[];
}

export const coverageOf = ({ key, coverage }: MadeUpService): ServiceCoverage => ({
  collection: 'harbour',
  serviceId: key,
  name: `Service ${key}`,
  terms: [['Terms of Service', '2025-01-10', '2026-03-01', 3]],
  ...coverage,
});

/** As a server makes them; ids follow from the key and the place. */
export const alertsOf = ({ key, alerts = [] }: MadeUpService): readonly RecentAlert[] =>
  alerts.map((part, place) => ({
    key,
    termsType: 'Terms of Service',
    id: idOf(`${key} ${place}`),
    previousId: idOf(`before ${key} ${place}`),
    date: '2026-03-01T08:00:00.000Z',
    class: 'text',
    topics: [],
    significance: 0.5,
    wordsAdded: 10,
    wordsRemoved: 0,
    language: 'en',
    blocks: [],
    blocksLeftOut: 0,
    ...part,
  }));

export const idOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The server's files about made-up services, made by the server's own code. */
export function buildMadeUp(services: readonly MadeUpService[]): Promise<BuiltFiles> {
  const domains = Map.groupBy(services, ({ domain }) => domain);
  const alerts = services.flatMap(alertsOf).map((alert) => ({ key: alert.key, json: JSON.stringify(alert) }));
  return buildFiles(
    {
      domains: new Map([...domains].map(([domain, there]) => [domain, there.map(({ key }) => key)])),
      coverages: new Map(services.map((service) => [service.key, coverageOf(service)])),
      alerts,
    },
    createPause(),
  );
}

export function manifestOf(
  { index, services, recent }: BuiltFiles,
  part: Partial<ExtensionManifest> = {},
): ExtensionManifest {
  const named = ({ sha256, bytes }: BuiltFile) => ({ sha256, bytes });
  return {
    format: 1,
    name: 'Harbour watch',
    website: 'https://harbour.example',
    epoch: '1',
    sequence: 1,
    newestRecord: '2026-03-19T06:00:00.000Z',
    recentSince: '2026-02-20',
    index: named(index),
    services: named(services),
    recent: recent.map(named),
    ...part,
  };
}

/** Puts files about made-up services where the extension keeps them, as a refresh would, without any server. */
export async function plantFiles(server: string, services: readonly MadeUpService[]): Promise<BuiltFiles> {
  const built = await buildMadeUp(services);
  await keepLines(built.index.sha256, built.index.content);
  await keepLines(built.services.sha256, built.services.content);
  for (const { sha256, content } of built.recent) await keepAlerts(sha256, readRecent(content));
  await showFiles({ server, manifest: manifestOf(built) });
  closeFiles();
  return built;
}
