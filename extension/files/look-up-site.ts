import { readDay } from './day.ts';
import { findLine } from './sorted-lines.ts';

/** What the index says of a host. */
export interface IndexedSite {
  /** The longest domain that stands for the host. */
  readonly domain: string;
  /** Of its services. */
  readonly keys: readonly string[];
  /** Of their last alert, YYYY-MM-DD; undefined: never any. */
  readonly lastAlert: string | undefined;
  /** Alerts ever. */
  readonly alerts: number;
}

/** More labels than any name has that is looked up: RFC 1035 allows 127. */
const MOST_LABELS = 127;

/**
 * @param index the bytes of the index file (format: server/api/contract/extension.ts)
 * @param host as in `URL.hostname`
 */
export function lookUpSite(index: Uint8Array, host: string): IndexedSite | undefined {
  const labels = host.replace(/\.$/, '').split('.');
  if (labels.length > MOST_LABELS) return undefined;
  // A whole public suffix has no line, so that a name's last label alone is not worth a look.
  for (let from = 0; from < labels.length - 1; from++) {
    const domain = labels.slice(from).join('.');
    const fields = findLine(index, domain);
    if (fields) {
      const [keys = '', day = '', alerts = ''] = fields;
      return { domain, keys: keys.split(',').filter(isKey), lastAlert: readDay(day), alerts: readCount(alerts) };
    }
  }
  return undefined;
}

const isKey = (text: string): boolean => /^[\w-]{8}$/.test(text);

function readCount(text: string): number {
  const count = /^[\da-z]{1,7}$/.test(text) ? Number.parseInt(text, 36) : 0;
  return Number.isSafeInteger(count) ? count : 0;
}
