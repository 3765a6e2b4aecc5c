import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { IndexActivity } from '../index/index-activity.ts';
import type { IndexReader } from '../index/index-reader.ts';
import type { ConfiguredCollection } from './configured-collection.ts';

/**
 * What the index of a collection is doing. One that holds nothing because there is no repository is up to date, and yet
 * not well: of a mirror this is said. What is tracked here has no repository before its first run, which is in order.
 */
export function activityOf(
  configured: ConfiguredCollection,
  index: { readonly activity: () => IndexActivity; readonly reader: () => IndexReader },
): IndexActivity {
  const activity = index.activity();
  if (configured.kind === 'tracked' || activity.kind !== 'ready') return activity;
  const message = whyNoRecords(configured, () => index.reader().state().versionsTip !== undefined);
  return message === undefined ? activity : { kind: 'failed', message };
}

function whyNoRecords(
  { remotes, versionsDirectory }: ConfiguredCollection,
  hasRecords: () => boolean,
): string | undefined {
  if (remotes.versions === undefined) {
    const isRepository = ['.git', 'HEAD'].some((name) => existsSync(join(versionsDirectory, name)));
    if (isRepository) return undefined;
    return `There is no repository ${versionsDirectory}: correct versions in the configuration, or put the records there.`;
  }
  // The repository of a first fetch is there before anything is in it.
  if (hasRecords()) return undefined;
  return 'The records were not fetched yet: "clausewatch mirror" fetches them once, "clausewatch start" by the schedule.';
}
