import { join, resolve } from 'node:path';
import { loadConfiguration } from '../archive/declarations/configuration.ts';
import type { Fault } from '../archive/declarations/fault.ts';
import { collectionRoot } from '../archive/declarations/load-collection.ts';
import { loadMetadata } from '../archive/declarations/metadata.ts';
import type { FetchLimits } from '../archive/git/mirror.ts';
import packageFacts from '../package.json' with { type: 'json' };
import type { ServerSettings } from '../server/server-settings.ts';
import { type IgnoredSetting, ignoredSettings } from './ignored-settings.ts';
import { resolveFromCaller } from './options.ts';
import { DEFAULT_ORIGIN, resolveSetting } from './resolve-setting.ts';
import { type GivenSettings, SETTING_SOURCES } from './setting-sources.ts';

/** Everything that a person can set. All paths are absolute. */
export interface Settings extends ServerSettings {
  /** Name or address that the server listens on. */
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Cron expression of the runs. */
  readonly schedule: string;
  /** Value of `Accept-Language`: tags separated by commas, in the order of preference. */
  readonly language: string;
  readonly userAgent: string;
  /** Web or mail address for services that wonder who asks, named in the user agent. By default where metadata.yml says that the declarations are. */
  readonly contact: string | undefined;
  /** Whether robots.txt is obeyed. Off by default, as in OTA: terms are there to be read by those whom they bind. */
  readonly robots: boolean;
  readonly plainConcurrency: number;
  readonly browserConcurrency: number;
  /** Milliseconds between two fetches from one host. */
  readonly hostPause: number;
  /** Whether changes of the text are fetched a second time, to tell those that cannot be reproduced. */
  readonly secondFetch: boolean;
  /** Milliseconds between the record of a change and its second fetch. */
  readonly secondFetchWait: number;
  /** Milliseconds that one fetch may take as a whole. */
  readonly totalTimeout: number;
  /** Milliseconds that the first fetch of a mirror may take as a whole. */
  readonly firstFetchTimeout: number;
  /** Milliseconds that each further fetch of a mirror may take. */
  readonly fetchTimeout: number;
  /** Internal addresses that may be fetched all the same: `address`, `address:port` or `host:port`. */
  readonly allowAddresses: readonly string[];
  /** Holds the ledger, the index and the lock, and the repositories unless the collection places them elsewhere. */
  readonly dataDirectory: string;
  readonly versionsDirectory: string;
  readonly snapshotsDirectory: string;
  readonly ledgerFile: string;
  readonly indexFile: string;
  readonly lockFile: string;
  /** Link from a version to a snapshot, `%SNAPSHOT_ID` in the place of the id. */
  readonly snapshotIdentifierTemplate: string;
  readonly authorName: string;
  readonly authorEmail: string;
  /** Whether records are pushed after a run. Never switched on by the collection's configuration. */
  readonly publish: boolean;
  /** Free bytes on the disk below which no run begins. */
  readonly diskFloor: number;
  readonly browserExecutable: string | undefined;
  /** Cron expression of the datasets; undefined: none is made by itself. */
  readonly datasetSchedule: string | undefined;
  /** By default the collection's name. */
  readonly datasetTitle: string | undefined;
  /** SPDX identifier; by default what the file LICENSE in the versions' repository is. */
  readonly datasetLicense: string | undefined;
  /** One of pino's levels. */
  readonly logLevel: string;
}

/** A setting in force and where it comes from: `default`, a file, `environment NAME` or `option --name`. */
export interface SettingEntry {
  readonly key: keyof Settings;
  readonly value: Settings[keyof Settings];
  readonly origin: string;
}

export interface LoadedSettings {
  readonly settings: Settings;
  readonly entries: readonly SettingEntry[];
  readonly ignored: readonly IgnoredSetting[];
  /** Values that cannot be used; the defaults stand in their place. */
  readonly faults: readonly Fault[];
}

/**
 * Settings of a collection: defaults < its `config/*.json` < environment (`CLAUSEWATCH_…`) < options. Paths in the
 * configuration start from the collection, others from where the person stands.
 *
 * @param options as the argument parser gives them; those that are no settings are left alone.
 */
export async function loadSettings({
  collectionDirectory,
  env = process.env,
  options = {},
}: {
  collectionDirectory: string;
  env?: NodeJS.ProcessEnv;
  options?: object;
}): Promise<LoadedSettings> {
  const root = await collectionRoot(collectionDirectory).catch(() => resolve(collectionDirectory));
  const { configuration, faults: unreadable } = await loadConfiguration(root, env.NODE_ENV || 'production');
  const faults = [...unreadable];
  const input = { configuration, env, options: { ...options } };
  const origins = new Map<string, string>();
  const given = Object.fromEntries(
    Object.entries(SETTING_SOURCES).map(([key, source]) => {
      const { value, origin } = resolveSetting<unknown>(key, source, input, faults);
      origins.set(key, origin);
      return [key, value];
    }),
  ) as { -readonly [Key in keyof GivenSettings]: GivenSettings[Key] };

  if (given.contact === undefined) {
    const { metadata } = await loadMetadata(root);
    if (metadata?.declarations) {
      given.contact = metadata.declarations;
      origins.set('contact', 'metadata.yml');
    }
  }
  const settings = derive(given, root);
  const originOf = (key: string): string => origins.get(key) ?? DEFAULT_ORIGIN;
  const originOfPath = (key: 'versionsPath' | 'snapshotsPath'): string =>
    given.data === undefined ? originOf(key) : originOf('data');
  const derived: Partial<Record<keyof Settings, string>> = {
    userAgent: given.userAgent === undefined ? originOf('contact') : originOf('userAgent'),
    dataDirectory: originOf('data'),
    ledgerFile: originOf('data'),
    indexFile: originOf('data'),
    lockFile: originOf('data'),
    versionsDirectory: originOfPath('versionsPath'),
    snapshotsDirectory: originOfPath('snapshotsPath'),
  };
  const entries = (Object.keys(settings) as (keyof Settings)[]).map((key) => ({
    key,
    value: settings[key],
    origin: derived[key] ?? originOf(key),
  }));
  return { settings, entries, ignored: ignoredSettings(configuration, env), faults };
}

/** As the fetches of mirrors take them. */
export const fetchLimits = ({ firstFetchTimeout, fetchTimeout }: Settings): FetchLimits => ({
  first: firstFetchTimeout,
  again: fetchTimeout,
});

function derive({ data, versionsPath, snapshotsPath, userAgent, ...plain }: GivenSettings, root: string): Settings {
  const dataDirectory = data === undefined ? join(root, 'data') : resolveFromCaller(data);
  const repository = (name: string, configured: string | undefined): string =>
    data === undefined && configured !== undefined ? resolve(root, configured) : join(dataDirectory, name);
  const contact = plain.contact === undefined ? '' : `; +${plain.contact}`;
  return {
    ...plain,
    userAgent: userAgent ?? `Mozilla/5.0 (compatible; Clausewatch/${packageFacts.version}${contact})`,
    dataDirectory,
    versionsDirectory: repository('versions', versionsPath),
    snapshotsDirectory: repository('snapshots', snapshotsPath),
    ledgerFile: join(dataDirectory, 'ledger.sqlite'),
    indexFile: join(dataDirectory, 'index.sqlite'),
    lockFile: join(dataDirectory, 'tracker.lock'),
  };
}
