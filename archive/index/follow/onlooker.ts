import { locateRepository } from '../../git/git-location.ts';
import { readHead } from '../../git/head.ts';
import type { LockOwner } from '../../ledger/lock-owner.ts';
import { readIndexMark, readIndexTips } from './index-mark.ts';
import type { FromKeeper, KeeperSettings } from './messages.ts';

/** What is left to do for a process that is not the index's writer. */
export interface Onlooker {
  begin(owner: LockOwner | undefined): void;
  isLooking(): boolean;
  /**
   * Tells of what the writer has changed since the last look.
   *
   * @param isAsked whether the answer is of interest.
   * @returns whether the index stands where the repositories do, with all text and analyses.
   */
  look(isAsked: boolean): Promise<boolean>;
}

export function createOnlooker(settings: KeeperSettings, tell: (message: FromKeeper) => void): Onlooker {
  const { indexFile } = settings;
  let isLooking = false;
  let mark: string | undefined;
  return {
    begin(owner) {
      if (isLooking) return;
      isLooking = true;
      const who = owner ? `"clausewatch ${owner.command}" (process ${owner.pid} on ${owner.host})` : 'another process';
      tell({
        kind: 'log',
        level: 'info',
        message: `The index ${indexFile} is kept by ${who}. This process reads it, and keeps it when that one ends.`,
      });
      tell({ kind: 'activity', activity: { kind: 'ready' } });
    },
    isLooking: () => isLooking,
    async look(isAsked) {
      const now = readIndexMark(indexFile);
      if (now !== undefined && now !== mark) tell({ kind: 'changed' });
      mark = now;
      if (!isAsked) return false;
      const tips = readIndexTips(indexFile);
      if (!tips) return false;
      const [versions, snapshots] = await Promise.all([
        tipOf(settings.versionsDirectory),
        tipOf(settings.snapshotsDirectory),
      ]);
      return tips.isWhole && tips.versions === versions && tips.snapshots === snapshots;
    },
  };
}

async function tipOf(directory: string): Promise<string | undefined> {
  const location = await locateRepository(directory);
  return location && readHead(location);
}
