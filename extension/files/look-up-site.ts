import { readDay } from './day.ts';

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

/** The domains that may stand for a host, longest first. A whole public suffix has no line: a last label alone is none. */
export function domainsOf(host: string): readonly string[] {
  const labels = host.replace(/\.$/, '').split('.');
  return labels.length > MOST_LABELS ? [] : labels.slice(0, -1).map((_, from) => labels.slice(from).join('.'));
}

/** @param fields of the domain's line behind the first */
export function readSite(domain: string, fields: readonly string[]): IndexedSite {
  const [keys = '', day = '', alerts = ''] = fields;
  return { domain, keys: keys.split(',').filter(isKey), lastAlert: readDay(day), alerts: readCount(alerts) };
}

const isKey = (text: string): boolean => /^[\w-]{8}$/.test(text);

function readCount(text: string): number {
  const count = /^[\da-z]{1,7}$/.test(text) ? Number.parseInt(text, 36) : 0;
  return Number.isSafeInteger(count) ? count : 0;
}
