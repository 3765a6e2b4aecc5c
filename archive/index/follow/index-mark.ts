import { readMeta } from '../meta.ts';
import { openIndexForReading } from '../open-index.ts';

/** How far an index is. */
export interface IndexTips {
  readonly epoch: string | undefined;
  /** Commits up to which records are in it. */
  readonly versions: string | undefined;
  readonly snapshots: string | undefined;
  /** The side from which analyses are served. */
  readonly side: number | undefined;
  /** The text of all these versions can be searched, and all are judged. */
  readonly isWhole: boolean;
}

const WAITING = `SELECT 1 FROM terms WHERE latest_seq > text_seq
  OR latest_seq > (SELECT ifnull(max(seq), 0) FROM judging WHERE is_served = 1) LIMIT 1`;

/** undefined where there is no index that can be read. */
export function readIndexTips(indexFile: string): IndexTips | undefined {
  try {
    const database = openIndexForReading(indexFile);
    try {
      const side = database.prepare('SELECT side FROM judging WHERE is_served = 1').get()?.side;
      return {
        epoch: readMeta(database, 'epoch'),
        versions: readMeta(database, 'versions_tip'),
        snapshots: readMeta(database, 'snapshots_tip'),
        side: typeof side === 'number' ? side : undefined,
        isWhole: !database.prepare(WAITING).get(),
      };
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

/** Which records and analyses are in an index, for comparison with a later answer; undefined where it cannot be read. */
export function readIndexMark(indexFile: string): string | undefined {
  const tips = readIndexTips(indexFile);
  return tips && `${tips.epoch} ${tips.versions} ${tips.snapshots} ${tips.side} ${tips.isWhole}`;
}
