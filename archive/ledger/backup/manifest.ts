import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { BackupError } from './part.ts';

/** The first file in a backup: what the others are. */
export const MANIFEST_FILE = 'manifest.json';

const FORMAT_VERSION = 1;

const manifestSchema = z.object({
  format: z.literal('clausewatch-backup'),
  formatVersion: z.literal(FORMAT_VERSION),
  /** When the backup was begun. */
  date: z.iso.datetime(),
  engineVersion: z.string(),
  parts: z.array(
    z.object({
      name: z.string().regex(/^[a-z]+$/),
      kind: z.enum(['sqlite', 'git']),
      /** Absent for a repository without commits. */
      file: z
        .object({
          name: z.string().regex(/^[a-z]+\.(sqlite|bundle)$/),
          bytes: z.int().nonnegative(),
          sha256: z.string().regex(/^[0-9a-f]{64}$/),
        })
        .optional(),
    }),
  ),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestPart = Manifest['parts'][number];

export const newManifest = (facts: Pick<Manifest, 'date' | 'engineVersion' | 'parts'>): Manifest => ({
  format: 'clausewatch-backup',
  formatVersion: FORMAT_VERSION,
  ...facts,
});

/** @throws BackupError where the text is not a manifest that this version can read. */
export function parseManifest(text: string, file: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new BackupError(`${file} is no backup of Clausewatch: its manifest is no JSON`, { cause });
  }
  const version = z.object({ formatVersion: z.number() }).safeParse(value).data?.formatVersion ?? 0;
  if (version > FORMAT_VERSION) {
    throw new BackupError(`${file} was made by a newer Clausewatch (format ${version}). Update Clausewatch.`);
  }
  const { data, error } = manifestSchema.safeParse(value);
  if (!data) throw new BackupError(`${file} is no backup of Clausewatch: ${z.prettifyError(error)}`, { cause: error });
  return data;
}

export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
