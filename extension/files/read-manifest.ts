import type { ExtensionFile, ExtensionManifest } from '../../server/api/contract.ts';
import { asMoment, asRecord, asText } from '../state/heal.ts';
import { DownloadError } from './download-error.ts';

/** Of all files together, more than any server will have: 100,000 services are 50 MB. */
const MOST_BYTES = 150_000_000;
const MOST_SHARDS = 4_096;

/** @throws DownloadError of `damaged` for what is no manifest that this program reads */
export const readManifest = (bytes: Uint8Array): ExtensionManifest => asManifest(parsed(bytes));

/** Of a manifest that was taken apart already, and may have been damaged since. @throws DownloadError as {@link readManifest} */
export function asManifest(given: unknown): ExtensionManifest {
  const value = asRecord(given);
  const { format, sequence, recent, recentSince } = value;
  if (format !== 1) throw noManifest('It is of another format: a newer version of the extension may read it.');
  if (
    typeof sequence !== 'number' ||
    !Number.isFinite(sequence) ||
    !Array.isArray(recent) ||
    recent.length > MOST_SHARDS
  )
    throw noManifest();
  if (typeof recentSince !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(recentSince)) throw noManifest();
  const files = { index: readFile(value.index), services: readFile(value.services), recent: recent.map(readFile) };
  const all = [files.index, files.services, ...files.recent].reduce((sum, { bytes }) => sum + bytes, 0);
  if (all > MOST_BYTES) throw noManifest('Its files are too large.');
  return {
    format,
    sequence,
    recentSince,
    name: asText(value.name, '').slice(0, 200),
    website: webAddress(value.website),
    epoch: asText(value.epoch, ''),
    newestRecord: asMoment(value.newestRecord) ?? null,
    ...files,
  };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw noManifest('', cause);
  }
}

function readFile(value: unknown): ExtensionFile {
  const { sha256, bytes } = asRecord(value);
  const isFile =
    typeof sha256 === 'string' &&
    /^[\da-f]{64}$/.test(sha256) &&
    typeof bytes === 'number' &&
    Number.isInteger(bytes) &&
    bytes >= 0;
  if (!isFile) throw noManifest();
  return { sha256, bytes };
}

/** Links of the popup lead there: nothing but http(s). */
function webAddress(value: unknown): string {
  const text = asText(value, '');
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw noManifest();
  return text.replace(/\/+$/, '');
}

const noManifest = (more = '', cause?: unknown): DownloadError =>
  new DownloadError('damaged', `The server gave no list of files. ${more}`.trim(), { cause });
