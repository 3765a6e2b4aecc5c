import type { RecentAlert } from '../../server/api/contract.ts';
import { toldAt } from '../news/news-of-service.ts';
import type { ServiceMark } from './settings-types.ts';

/** What the stored files said of a service when it began to be known. */
export interface FilesThen {
  /** Its recent alerts, in any order. */
  readonly alerts: readonly RecentAlert[];
  /** When the files were downloaded or found to be the newest; ISO 8601, `null`: nobody knows. */
  readonly from: string | null;
}

/**
 * How far behind a server may be with what it mirrors: a weekend in which nobody noticed that it stopped. Alerts of these days that
 * came only after the first look were shown to nobody then. Further back, few would be news: for each day more, what a server
 * adds of the past (another collection, say) would be unread for a day more.
 */
const LAG = 3 * 86_400_000;

/**
 * From where a service is known. Alerts that the files had are known by their ids; those that come later are unread, also where
 * they are of shortly before: files may be older than the look, and their server behind its records.
 *
 * @param files undefined: nothing is known of them, and the moment alone decides
 */
export function firstMark(since: Date, files?: FilesThen): Pick<ServiceMark, 'since' | 'after' | 'known'> {
  const moment = since.toISOString();
  if (!files) return { since: moment, after: moment, known: [] };
  const upTo = Math.min(since.getTime(), files.from === null ? Number.POSITIVE_INFINITY : Date.parse(files.from));
  const then = files.alerts.filter((alert) => toldAt(alert) <= since.getTime());
  return { since: moment, after: new Date(upTo - LAG).toISOString(), known: then.map(({ id }) => id) };
}
