import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { ConfiguredCollection } from '../../../archive/collections/configured-collection.ts';
import { openServedCollections } from '../../../archive/collections/open-served-collections.ts';
import { refreshMirrors } from '../../../archive/collections/refresh-mirrors.ts';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import { openRecords, type RecordsArchive } from '../../../archive/git/records-archive.ts';
import type { IndexedVersion } from '../../../archive/index/indexed-record.ts';
import { git } from '../../helpers/repository.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const TERMS = { serviceId: 'Lark', termsType: 'Terms of Service' };

/** Somebody's tracker, and a server that mirrors its records. */
async function mirrored() {
  const directory = await temporaryDirectory();
  const theirs = join(directory, 'theirs');
  const [versions, snapshots] = [join(theirs, 'versions'), join(theirs, 'snapshots')];
  const open = (): Promise<RecordsArchive> =>
    openRecords({
      ...{ versionsDirectory: versions, snapshotsDirectory: snapshots, create: true, groupDelay: 5 },
      ...{ author: { name: 'They', email: 'they@tracker.example' }, engineVersion: 'theirs' },
    });
  const record = async (date: string, content: string): Promise<string> => {
    const archive = await open();
    const fetchDate = new Date(date);
    const snapshot = await archive.recordSnapshot({
      ...{ ...TERMS, fetchDate, documentId: undefined, mimeType: 'text/html', content: Buffer.from(`<p>${content}`) },
      ...{ fetcher: 'htmlOnly', location: 'https://lark.example/terms' },
    });
    const version = await archive.recordVersion({
      ...{ ...TERMS, fetchDate, content, snapshotIds: [snapshot.record.id], isTechnicalUpgrade: false },
    });
    await archive.close();
    return version.record.id;
  };
  const data = join(directory, 'ours', 'lark');
  const collection: ConfiguredCollection = {
    ...{ id: 'lark', name: 'Lark', kind: 'mirrored', isDefault: true, schedule: undefined },
    ...{ collectionDirectory: undefined, dataDirectory: data, ledgerFile: join(data, 'ledger.sqlite') },
    versionsDirectory: join(data, 'versions'),
    snapshotsDirectory: join(data, 'snapshots'),
    indexFile: join(data, 'index.sqlite'),
    remotes: { versions: pathToFileURL(versions).href, snapshots: pathToFileURL(snapshots).href },
  };
  const refresh = async (): Promise<void> => {
    for (const { error } of await refreshMirrors([collection])) if (error) throw error;
  };
  const served = await openServedCollections({ collections: [collection] });
  onTestFinished(() => served.close());
  const lark = served.default();
  if (!lark) throw new Error('Nothing is served');
  return { versions, record, refresh, lark, data };
}

/** What the index tells once it does; it may be absent, or not there yet. */
async function seen<Answer>(
  collection: ServedCollection,
  ask: (index: ReturnType<ServedCollection['index']>) => Answer,
) {
  for (let look = 0; look < 1_000; look++) {
    try {
      const answer = ask(collection.index());
      if (answer) return answer;
    } catch (error) {
      if ((error as Error).name !== 'IndexUnavailableError') throw error;
    }
    await wait(20);
  }
  throw new Error(`It never came: ${JSON.stringify(collection.indexActivity())}`);
}

const byId = (collection: ServedCollection, id: string): Promise<NonNullable<IndexedVersion>> =>
  seen(collection, (index) => index.versionById(id)) as Promise<IndexedVersion>;

test('a mirror that is fetched while it is served: records come, and later ones too', async () => {
  const { record, refresh, lark, data } = await mirrored();
  const first = await record('2024-01-01T00:00:00Z', 'One');
  expect(existsSync(join(data, 'versions'))).toBe(false);
  await refresh();
  const version = await byId(lark, first);
  expect(await lark.content(version)).toBe('One');
  const second = await record('2024-02-01T00:00:00Z', 'Two');
  await refresh();
  expect(await lark.content(await byId(lark, second))).toBe('Two');
  const snapshot = await seen(lark, (index) => index.snapshotById(version.snapshotIds[0] ?? ''));
  expect(Buffer.from(await lark.snapshotContent(snapshot)).toString()).toBe('<p>One');
});

test('a rewritten history: links to its records lead to the same content, and later records come', async () => {
  const { record, refresh, lark, versions, data } = await mirrored();
  await record('2024-01-01T00:00:00Z', 'One');
  const linked = await record('2024-02-01T00:00:00Z', 'Two');
  await refresh();
  await byId(lark, linked);
  git(versions, 'commit', '--quiet', '--amend', '-m', 'Update Lark Terms of Service');
  const rewritten = git(versions, 'rev-parse', 'HEAD').trim();
  const later = await record('2024-03-01T00:00:00Z', 'Three');
  await refresh();
  await byId(lark, later);
  const found = await byId(lark, linked);
  expect([found.id, await lark.content(found)]).toEqual([rewritten, 'Two']);
  expect(lark.index().countVersions({})).toBe(3);
  // What nobody else has any more is still in the mirror.
  expect(git(join(data, 'versions'), 'show', `${linked}:Lark/Terms of Service.md`)).toBe('Two');
});
