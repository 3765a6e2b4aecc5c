import type { Configuration } from '../archive/declarations/configuration.ts';
import { nearest } from '../archive/declarations/nearest.ts';
import type { SettingSource } from './setting-source.ts';
import { SETTING_SOURCES } from './setting-sources.ts';

/** Something that was given and has no effect here. */
export interface IgnoredSetting {
  readonly key: string;
  readonly origin: string;
  readonly reason: string;
}

const SOURCES: readonly SettingSource<unknown>[] = Object.values(SETTING_SOURCES);
const KNOWN_KEYS = new Set(SOURCES.flatMap(({ configuration = [] }) => configuration));
const KNOWN_VARIABLES = new Set(SOURCES.flatMap(({ environment = [] }) => environment));

/** First match counts. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^recorder\..*\.publish$/, 'nothing is pushed before --publish or CLAUSEWATCH_PUBLISH=true'],
  [/^recorder\..*\.repository$/, "records are pushed to the repositories' own remotes"],
  [/^recorder\.[^.]+\.storage\.(?:type|mongo)\b/, 'records live in git, in no other storage'],
  [/^recorder\.snapshots\..*\.author\b/, 'the author of versions is that of snapshots too'],
  [/^fetcher\./, 'Clausewatch has its own limits for fetching'],
  [/^(?:services\.declarationsPath|collectionPath)$/, 'the collection is named by --collection'],
  [/^(?:collection-api|dataset|notifier|reporter|logger|federation-api)\b|^\["/, 'Clausewatch does not use it'],
];

/** The collection's keys, and the variables that look like ours, that have no effect. */
export function ignoredSettings(configuration: Configuration, env: NodeJS.ProcessEnv): IgnoredSetting[] {
  const keys = [...configuration]
    .filter(([key]) => !KNOWN_KEYS.has(key))
    .map(([key, { file }]) => ({
      key,
      origin: file,
      reason: REASONS.find(([pattern]) => pattern.test(key))?.[1] ?? 'not a setting of Clausewatch',
    }));
  const variables = Object.keys(env)
    .filter((name) => name.startsWith('CLAUSEWATCH_') && !KNOWN_VARIABLES.has(name))
    .map((name) => {
      const suggestion = nearest(name, KNOWN_VARIABLES);
      const reason = `not a setting of Clausewatch${suggestion ? `; did you mean ${suggestion}?` : ''}`;
      return { key: name, origin: 'environment', reason };
    });
  return [...keys, ...variables];
}
