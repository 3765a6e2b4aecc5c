import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openRecords } from '../../archive/git/records-archive.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** A growing archive in a temporary folder, and where its index is to be. */
export interface ArchiveOfRecords {
  readonly versionsDirectory: string;
  readonly snapshotsDirectory: string;
  readonly indexFile: string;
  /** Records a snapshot and a version of these terms for each text and acknowledges them; ids of the versions. */
  record(serviceId: string, termsType: string, ...texts: readonly string[]): Promise<string[]>;
  /** Ends git; `record` cannot be called any more. */
  close(): Promise<void>;
}

/**
 * @param data folder of both repositories and the index; a temporary one by default.
 * @param before how many versions it holds already, such as a copy of another one: dates go on from there.
 */
export async function archiveOfRecords(data?: string, before = 0): Promise<ArchiveOfRecords> {
  const directory = data ?? (await temporaryDirectory());
  const places = {
    versionsDirectory: join(directory, 'versions'),
    snapshotsDirectory: join(directory, 'snapshots'),
    indexFile: join(directory, 'index.sqlite'),
  };
  const archive = await openRecords({
    ...places,
    author: { name: 'Test', email: 'test@clausewatch.example' },
    engineVersion: 'clausewatch/test',
    create: true,
  });
  let minutes = before;
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (!isClosed) await archive.close();
    isClosed = true;
  };
  onTestFinished(close);
  return {
    ...places,
    async record(serviceId, termsType, ...texts) {
      const recorded = [];
      for (const text of texts) {
        const fetchDate = new Date(Date.UTC(2026, 0, 1) + 60_000 * minutes++);
        const { record: snapshot } = await archive.recordSnapshot({
          serviceId,
          termsType,
          fetchDate,
          documentId: undefined,
          mimeType: 'text/html',
          content: Buffer.from(`<main>${text}</main>`),
          fetcher: 'htmlOnly',
          location: `https://${serviceId.toLowerCase()}.example/terms`,
        });
        recorded.push(
          await archive.recordVersion({
            serviceId,
            termsType,
            fetchDate,
            content: text,
            snapshotIds: [snapshot.id],
            isTechnicalUpgrade: false,
          }),
        );
      }
      await archive.flush();
      return recorded.map(({ record: { id } }) => id);
    },
    close,
  };
}
