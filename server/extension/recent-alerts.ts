import type { Pause } from '../../archive/pause.ts';
import type { RecentAlert } from '../api/contract.ts';
import type { CutRedline } from './cut-redline.ts';
import { NOT_COMPARED } from './cut-redline.ts';
import { byText, sorted } from './sorted.ts';
import type { ToldAlert } from './told-alerts.ts';

/** An alert as it is written into a file. */
export interface WrittenAlert {
  /** Of the service. */
  readonly key: string;
  readonly json: string;
}

/** Bytes of all redlines together. contrib has 0.6 MB in 30 days; older alerts than have room are told without. */
export const MOST_BYTES_OF_REDLINES = 24_000_000;

/** Newest first; the same order whatever order they come in. */
export const newestFirst = (alerts: readonly ToldAlert[], pause: Pause): Promise<ToldAlert[]> =>
  sorted(
    alerts,
    (a, b) =>
      toldAt(b) - toldAt(a) ||
      byText(a.collection.id, b.collection.id) ||
      byText(a.version.serviceId, b.version.serviceId) ||
      byText(a.version.termsType, b.version.termsType) ||
      b.version.seq - a.version.seq,
    pause,
  );

const toldAt = ({ toldAt: later, version }: ToldAlert): number => (later ?? version.fetchDate).getTime();

/** @param redlineOf asked for one after the other, newest first, while there is room. */
export async function writeAlerts(
  alerts: readonly (readonly [key: string, ToldAlert])[],
  redlineOf: (alert: ToldAlert) => Promise<CutRedline>,
  pause: Pause,
): Promise<WrittenAlert[]> {
  const written: WrittenAlert[] = [];
  let left = MOST_BYTES_OF_REDLINES;
  for (const [key, alert] of alerts) {
    await pause();
    const redline = left > 0 ? await redlineOf(alert) : NOT_COMPARED;
    const json = JSON.stringify(toRecentAlert(key, alert, redline));
    left -= json.length;
    written.push({ key, json });
  }
  return written;
}

/** Keys in a fixed order: the same alert has the same bytes. */
function toRecentAlert(key: string, alert: ToldAlert, { blocks, blocksLeftOut }: CutRedline): RecentAlert {
  const { version, previous, toldAt: later, undoneOn, undoes } = alert;
  const { analysis } = version;
  return {
    key,
    termsType: version.termsType,
    id: version.id,
    previousId: previous.id,
    date: version.fetchDate.toISOString(),
    ...(later && { toldAt: later.toISOString() }),
    class: analysis?.class ?? 'text',
    topics: analysis?.topics ?? [],
    significance: analysis?.significance ?? 0,
    wordsAdded: analysis?.wordsAdded ?? 0,
    wordsRemoved: analysis?.wordsRemoved ?? 0,
    language: analysis?.language ?? null,
    ...(undoneOn !== undefined && { undoneOn }),
    ...(undoes.length > 0 && { undoes }),
    blocks,
    blocksLeftOut,
  };
}
