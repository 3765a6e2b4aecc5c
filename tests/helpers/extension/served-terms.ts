import { DatabaseSync } from 'node:sqlite';
import { openServer, type ServerOfTest } from '../website-in-browser.ts';
import { DOMAINS, TERMS, termsForExtension } from './terms-for-extension.ts';

/** The real server over a real archive of {@link termsForExtension}. */
export interface ServedTerms extends Pick<ServerOfTest, 'served' | 'extensionFiles' | 'origin' | 'close'> {
  /**
   * Records a version with a paragraph more, now, and makes the files for extensions anew.
   *
   * @param type Terms of Service by default
   * @returns the version's id
   */
  addClause(serviceId: string, clause: string, type?: string): Promise<string>;
  /** Builds the index anew from the records, and makes the files: the manifest has another epoch. */
  rebuildIndex(): Promise<void>;
  /** The index says, as if former rules had judged so, that people are not to be told of a version; the files follow. */
  judgeAsNoise(version: string): Promise<void>;
  /** Makes the files from records, declarations and domains as they are now. */
  makeFiles(): Promise<void>;
}

const COLLECTION = 'harbour';

/** Whoever opens it closes it. @param now the changes are some days before */
export async function openServedTerms(now = new Date()): Promise<ServedTerms> {
  const collection = termsForExtension(now);
  const texts = new Map((collection.records ?? []).map((one) => [`${one.serviceId} ${one.termsType}`, one.content]));
  const server = await openServer({ collections: [collection] });
  const { served, extensionFiles } = server;
  const makeFiles = (): Promise<void> => extensionFiles.update();
  await served.writeBeside(COLLECTION, 'domains.yml', DOMAINS);
  await makeFiles();
  return {
    ...server,
    makeFiles,
    async addClause(serviceId, clause, termsType = TERMS) {
      const terms = `${serviceId} ${termsType}`;
      const content = `${texts.get(terms) ?? ''}\n\n${clause}`;
      texts.set(terms, content);
      const date = `${new Date().toISOString().slice(0, 19)}Z`;
      const [id = ''] = await served.record(COLLECTION, [{ serviceId, termsType, content, date }]);
      await makeFiles();
      return id;
    },
    async rebuildIndex() {
      await served.rebuildIndex(COLLECTION);
      await makeFiles();
    },
    async judgeAsNoise(version) {
      const index = new DatabaseSync(served.places(COLLECTION).indexFile);
      try {
        const { changes } = index
          .prepare('UPDATE analysis SET is_told = 0 WHERE seq = (SELECT seq FROM version WHERE commit_id = ?)')
          .run(Buffer.from(version, 'hex'));
        if (changes !== 1) throw new Error(`The index has no judgement of ${version}`);
      } finally {
        index.close();
      }
      await makeFiles();
    },
  };
}
