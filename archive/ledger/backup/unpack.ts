import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Parser, type ReadEntry } from 'tar';
import { MANIFEST_FILE, type Manifest, type ManifestPart, parseManifest } from './manifest.ts';
import { BackupError } from './part.ts';

/** A manifest takes some hundred bytes a part. */
const MANIFEST_LIMIT = 1_000_000;

/** Says, for each part of a backup, which file to write; it must not exist. */
export type Placement = (part: ManifestPart) => string;

/**
 * Reads a backup. Where a part's file goes is for the caller to say: no name, link or mode in the file is ever used as
 * a path. Anything that the manifest, which comes first, does not announce is refused; so are more bytes than announced.
 *
 * @param prepare called with the manifest before anything is written; may refuse by throwing
 * @throws BackupError
 */
export async function unpack(file: string, prepare: (manifest: Manifest) => Promise<Placement>): Promise<Manifest> {
  const fault = (message: string, cause?: unknown): BackupError =>
    new BackupError(`${file} cannot be restored: ${message}`, { cause });
  let manifest: Manifest | undefined;
  let place: Placement | undefined;
  const awaited = new Map<string, ManifestPart>();
  let last: Promise<void> = Promise.resolve();
  let failure: unknown;
  let current: ReadEntry | undefined;

  const take = async (entry: ReadEntry): Promise<void> => {
    if (entry.type !== 'File' && entry.type !== 'OldFile') throw fault(`it holds a ${entry.type}, “${entry.path}”`);
    if (!manifest) {
      if (entry.path !== MANIFEST_FILE)
        throw fault('it does not begin with a manifest; it is no backup of Clausewatch');
      if (entry.size > MANIFEST_LIMIT) throw fault('its manifest is too large');
      manifest = parseManifest((await entry.concat()).toString(), file);
      place = await prepare(manifest);
      for (const part of manifest.parts) if (part.file) awaited.set(part.file.name, part);
      return;
    }
    const part = awaited.get(entry.path);
    if (!place || !part?.file || !awaited.delete(entry.path))
      throw fault(`its manifest knows nothing of “${entry.path}”`);
    if (entry.size !== part.file.bytes) throw fault(`${entry.path} has ${entry.size} bytes, not ${part.file.bytes}`);
    const digest = await write(entry, place(part));
    if (digest !== part.file.sha256)
      throw fault(`${entry.path} is damaged (its checksum differs); take another backup`);
  };

  const parser = new Parser({
    strict: true,
    // One after the other: the next entry is told when the last byte of one was read, not when it was dealt with.
    onReadEntry: (entry: ReadEntry) => {
      current = entry;
      entry.on('error', ignore);
      last = last
        .then(() => (failure === undefined ? take(entry) : undefined))
        .catch((error: unknown) => {
          failure = error;
          parser.abort(new Error('refused'));
        });
    },
  });
  parser.on('error', ignore);
  try {
    await pipeline(createReadStream(file), parser);
    await last;
  } catch (cause) {
    // An entry that was cut off would be waited for without end.
    current?.destroy(cause);
    await last;
    if (failure === cause) failure = undefined;
    throw failure ?? fault(cause instanceof Error ? cause.message : String(cause), cause);
  }
  if (failure) throw failure;
  if (!manifest) throw fault('it is empty');
  const [missing] = awaited.keys();
  if (missing) throw fault(`it ends before ${missing}`);
  return manifest;
}

/** Errors are taken from the pipeline and the reading of the entry; without a listener of its own Node would throw them again. */
const ignore = (): void => {};

async function write(entry: ReadEntry, target: string): Promise<string> {
  const hash = createHash('sha256');
  const handle = await open(target, 'wx', 0o644);
  try {
    for await (const chunk of entry) {
      hash.update(chunk);
      await handle.write(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}
