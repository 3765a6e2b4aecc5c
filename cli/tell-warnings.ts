import type { Logger } from 'pino';
import type { ConfiguredCollection } from '../archive/collections/configured-collection.ts';
import { locateRepository } from '../archive/git/git-location.ts';
import type { ConfiguredServer } from './configured-collections.ts';

/** Tells what of a configuration is hardly what was meant. A missing file of lists is told by whoever follows it. */
export function tellWarnings({ warnings }: ConfiguredServer, log: Logger): void {
  for (const { file, path, message, hint } of warnings) {
    if (path !== 'lists') log.warn(`${file}, ${path}: ${message}. ${hint}`);
  }
}

/** Tells that this process fetches nothing, and which mirrors were never fetched. */
export async function tellUnfetched({ collections }: ConfiguredServer, log: Logger): Promise<void> {
  const mirrors = collections.filter(isFetched);
  if (mirrors.length === 0) return;
  const names = mirrors.map(({ id }) => id).join(', ');
  log.info(
    `"serve" fetches no mirrors (${names}): "clausewatch start" does so by their schedules, "clausewatch mirror" once`,
  );
  for (const { id, remotes, versionsDirectory } of mirrors) {
    if (remotes.versions === undefined || (await locateRepository(versionsDirectory))) continue;
    log.warn({ collection: id }, 'not fetched yet: run "clausewatch mirror" or "clausewatch start"');
  }
}

const isFetched = ({ kind, remotes }: ConfiguredCollection): boolean =>
  kind === 'mirrored' && Object.values(remotes).some((url) => url !== undefined);
