import { basename } from 'node:path';
import { Document, isMap, parseDocument } from 'yaml';

/** What an entry of the configuration file may hold, in the order in which it is written. */
export interface NewEntry {
  readonly name?: string | undefined;
  readonly default?: true | undefined;
  readonly tracked?: true | undefined;
  readonly declarations?: string | undefined;
  readonly versions?: string | undefined;
  readonly snapshots?: string | undefined;
  readonly schedule?: string | undefined;
}

const HEADER = ` Collections that one server serves. docs/collections.md explains every key.`;

/**
 * The text of a configuration file with an entry more, or with more in an entry that there is. Comments, order and
 * whatever else stands there stay.
 *
 * @param source undefined where there is no file yet. It must be one that `parseConfiguration` reads without faults.
 */
export function withEntry(source: string | undefined, id: string, entry: NewEntry): string {
  const document = source === undefined ? emptyConfiguration() : parseDocument(source, { schema: 'core' });
  const given = Object.entries(entry).filter(([, value]) => value !== undefined);
  const known = document.getIn(['collections', id]);
  if (isMap(known)) for (const [key, value] of given) known.set(key, value);
  else document.setIn(['collections', id], document.createNode(Object.fromEntries(given)));
  return document.toString({ lineWidth: 0 });
}

function emptyConfiguration(): Document {
  const document = new Document({ collections: {} });
  document.commentBefore = HEADER;
  return document;
}

/** An id for the mirror of a repository: what is before `-versions` or `.git` in the last part of its address. */
export function nameInAddress(url: string): string {
  const path = URL.canParse(url) ? decoded(new URL(url).pathname) : url;
  return basename(path.replace(/\/+$/, ''))
    .replace(/\.(git|bundle)$/, '')
    .replace(/[-_.]versions$/, '');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
