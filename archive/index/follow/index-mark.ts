import { readMeta } from '../meta.ts';
import { openIndexForReading } from '../open-index.ts';

/** Commits up to which records are in an index. */
export interface IndexTips {
  readonly epoch: string | undefined;
  readonly versions: string | undefined;
  readonly snapshots: string | undefined;
  /** The text of all these versions can be searched. */
  readonly hasAllText: boolean;
}

/** undefined where there is no index that can be read. */
export function readIndexTips(indexFile: string): IndexTips | undefined {
  try {
    const database = openIndexForReading(indexFile);
    try {
      return {
        epoch: readMeta(database, 'epoch'),
        versions: readMeta(database, 'versions_tip'),
        snapshots: readMeta(database, 'snapshots_tip'),
        hasAllText: !database.prepare('SELECT 1 FROM terms WHERE latest_seq > text_seq LIMIT 1').get(),
      };
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

/** Which records are in an index, for comparison with a later answer; undefined where it cannot be read. */
export function readIndexMark(indexFile: string): string | undefined {
  const tips = readIndexTips(indexFile);
  return tips && `${tips.epoch} ${tips.versions} ${tips.snapshots}`;
}
