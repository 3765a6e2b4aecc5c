import type { BatchReader } from './batch-reader.ts';

/** What of a commit object is needed to read a record. */
export interface Commit {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly authorDate: Date;
  readonly message: string;
}

/** A file that a commit set. */
export interface ChangedPath {
  readonly path: string;
  readonly blob: string;
}

/**
 * Reads a commit; undefined where there is no commit of that name.
 *
 * @throws ArchiveError when git ends.
 */
export async function readCommit(reader: BatchReader, name: string): Promise<Commit | undefined> {
  const object = await reader.object(name);
  if (object?.type !== 'commit') return undefined;
  const text = object.content.toString('utf8');
  const end = text.indexOf('\n\n');
  const header = text.slice(0, end);
  return {
    id: object.id,
    tree: /^tree ([0-9a-f]+)$/m.exec(header)?.[1] ?? '',
    parents: [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, id = '']) => id),
    authorDate: new Date(Number(/^author .* (-?\d+) [-+]\d+$/m.exec(header)?.[1]) * 1000),
    message: text.slice(end + 2),
  };
}

/**
 * The files that a commit added or changed against its first parent. Read from the trees themselves: a record's commit
 * differs in one folder, so this takes four reads and no new process.
 *
 * @throws ArchiveError when git ends.
 */
export async function changedPaths(reader: BatchReader, commit: Commit): Promise<readonly ChangedPath[]> {
  const parent = commit.parents[0] ? await readCommit(reader, commit.parents[0]) : undefined;
  return compareTrees(reader, parent?.tree, commit.tree, '');
}

async function compareTrees(
  reader: BatchReader,
  before: string | undefined,
  after: string,
  prefix: string,
): Promise<ChangedPath[]> {
  if (before === after) return [];
  const [former, current] = await Promise.all([readTree(reader, before), readTree(reader, after)]);
  const changed: ChangedPath[] = [];
  for (const [name, { id, isTree }] of current) {
    const old = former.get(name);
    if (old?.id === id) continue;
    const path = `${prefix}${name}`;
    if (isTree) changed.push(...(await compareTrees(reader, old?.isTree ? old.id : undefined, id, `${path}/`)));
    else changed.push({ path, blob: id });
  }
  return changed;
}

async function readTree(
  reader: BatchReader,
  id: string | undefined,
): Promise<Map<string, { id: string; isTree: boolean }>> {
  const entries = new Map<string, { id: string; isTree: boolean }>();
  const content = id === undefined ? undefined : (await reader.object(id))?.content;
  if (!content) return entries;
  // `<mode> <name>NUL<20 bytes of id>`, one after the other.
  for (let start = 0; start < content.length; ) {
    const space = content.indexOf(32, start);
    const end = content.indexOf(0, space);
    entries.set(content.toString('utf8', space + 1, end), {
      id: content.toString('hex', end + 1, end + 21),
      isTree: content.toString('latin1', start, space) === '40000',
    });
    start = end + 21;
  }
  return entries;
}
