import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ArchiveError } from '../../../archive/git/archive-error.ts';
import type { SnapshotDraft } from '../../../archive/records/record.ts';
import { noMountReason, smallDisk } from '../../helpers/small-disk.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';
import { git, recordsIn, snapshotDraft, versionDraft } from './helpers.ts';

const whole = new Date('2026-03-04T05:06:07.000Z');

describe('recording', () => {
  test('a first record, an unchanged one and a change, and all of it again after opening anew', async () => {
    const directory = await temporaryDirectory();
    const archive = await recordsIn(directory);
    const first = await archive.recordSnapshot(snapshotDraft());
    const version = await archive.recordVersion(versionDraft({ snapshotIds: [first.record.id] }));
    const same = await archive.recordSnapshot(snapshotDraft({ fetchDate: new Date() }));
    const changed = await archive.recordSnapshot(snapshotDraft({ text: '<p>Be kinder.</p>' }));
    await Promise.all([first, version, same, changed].map(({ acknowledged }) => acknowledged));

    expect(first).toMatchObject({ isNew: true, record: { isFirstRecord: true, fetchDate: whole } });
    expect(same).toMatchObject({ isNew: false, record: first.record });
    expect(changed).toMatchObject({ isNew: true, record: { isFirstRecord: false } });
    await archive.close();

    const again = await recordsIn(directory);
    expect(await again.latestSnapshot('Meadow', 'Terms of Service', undefined)).toEqual(changed.record);
    expect(await again.latestVersion('Meadow', 'Terms of Service')).toEqual(version.record);
    expect(await again.snapshot(first.record.id)).toEqual(first.record);
    expect(await again.version(version.record.id)).toEqual(version.record);
    expect(Buffer.from(await again.content(first.record)).toString()).toBe('<p>Be kind.</p>');
    expect(Buffer.from(await again.content(version.record)).toString()).toBe('Be kind.');
    expect(await again.latestSnapshot('Meadow', 'Imprint', undefined)).toBeUndefined();
    expect(await again.snapshot('f'.repeat(40))).toBeUndefined();
    expect(await again.snapshot('--all')).toBeUndefined();
    expect((await again.recordVersion(versionDraft())).isNew).toBe(false);
    expect(git(join(directory, 'versions'), 'log', '--format=%B', '-1')).toContain(
      `extracting from snapshot ./data/snapshots/${first.record.id}`,
    );
  });

  test('the source documents of combined terms are records of their own', async () => {
    const archive = await recordsIn(await temporaryDirectory());
    const [a, b] = await Promise.all([
      archive.recordSnapshot(snapshotDraft({ documentId: 'terms-part-1' })),
      archive.recordSnapshot(snapshotDraft({ documentId: 'terms-part-2', text: 'second' })),
    ]);
    await archive.flush();
    expect(a.record.isFirstRecord && b.record.isFirstRecord).toBe(true);
    expect(await archive.latestSnapshot('Meadow', 'Terms of Service', 'terms-part-1')).toEqual(a.record);
    expect(await archive.latestSnapshot('Meadow', 'Terms of Service', 'terms-part-2')).toEqual(b.record);
    expect(await archive.latestSnapshot('Meadow', 'Terms of Service', undefined)).toBeUndefined();
  });

  test('another MIME type is a change; the former file stays, as Open Terms Archive leaves it', async () => {
    const directory = await temporaryDirectory();
    const archive = await recordsIn(directory);
    const html = await archive.recordSnapshot(snapshotDraft());
    const pdf = await archive.recordSnapshot(snapshotDraft({ mimeType: 'application/pdf', text: '%PDF-1.7' }));
    expect(pdf).toMatchObject({ isNew: true, record: { isFirstRecord: false, mimeType: 'application/pdf' } });
    expect(await archive.latestSnapshot('Meadow', 'Terms of Service', undefined)).toEqual(pdf.record);
    // Back to what the other file holds: nothing to commit, and nothing new.
    expect(await archive.recordSnapshot(snapshotDraft())).toMatchObject({ isNew: false, record: html.record });
    await archive.close();
    expect(git(join(directory, 'snapshots'), 'ls-tree', '-r', '--name-only', 'main')).toBe(
      'Meadow/Terms of Service.html\nMeadow/Terms of Service.pdf\n',
    );
    const again = await recordsIn(directory);
    expect(await again.latestSnapshot('Meadow', 'Terms of Service', undefined)).toEqual(pdf.record);
  });

  test('many at once: every one is there, in one line of history, acknowledged in groups', async () => {
    const directory = await temporaryDirectory();
    const archive = await recordsIn(directory, { groupSize: 10 });
    const pairs = await Promise.all(
      Array.from({ length: 60 }, async (_, n) => {
        const names = { serviceId: `Service ${n % 20}`, termsType: 'Imprint' };
        const snapshot = await archive.recordSnapshot(snapshotDraft({ ...names, text: `text ${n}` }));
        const snapshotIds = [snapshot.record.id];
        const version = await archive.recordVersion(versionDraft({ ...names, content: `text ${n}`, snapshotIds }));
        await version.acknowledged;
        // What is acknowledged is in the branch, and so is what it was made from.
        git(join(directory, 'versions'), 'merge-base', '--is-ancestor', version.record.id, 'main');
        git(join(directory, 'snapshots'), 'merge-base', '--is-ancestor', snapshot.record.id, 'main');
        return { snapshot, version };
      }),
    );
    expect(new Set(pairs.map(({ version }) => version.record.id)).size).toBe(60);
    expect(git(join(directory, 'versions'), 'rev-list', '--count', 'main').trim()).toBe('60');
    expect(pairs.filter(({ snapshot }) => snapshot.record.isFirstRecord)).toHaveLength(20);
  });

  test('the same content at the same time is one record, and both callers wait for it', async () => {
    const directory = await temporaryDirectory();
    const archive = await recordsIn(directory);
    const [one, two] = await Promise.all([
      archive.recordSnapshot(snapshotDraft()),
      archive.recordSnapshot(snapshotDraft()),
    ]);
    expect([one.isNew, two.isNew]).toEqual([true, false]);
    expect(two.record).toEqual(one.record);
    await two.acknowledged;
    expect(git(join(directory, 'snapshots'), 'rev-parse', 'main').trim()).toBe(one.record.id);
  });

  test.each([{ serviceId: '../outside' }, { serviceId: 'Two\nlines' }, { termsType: '' }])(
    'names that make no path are refused: %j',
    async (names) => {
      const archive = await recordsIn(await temporaryDirectory());
      expect(() => archive.recordSnapshot(snapshotDraft(names))).toThrow(RangeError);
    },
  );

  test('readers see every acknowledged record while more are written', async () => {
    const directory = await temporaryDirectory();
    const archive = await recordsIn(directory, { groupSize: 5 });
    const reading = await recordsIn(directory);
    for (let n = 0; n < 30; n++) {
      const { record, acknowledged } = await archive.recordSnapshot(snapshotDraft({ text: `text ${n}` }));
      await acknowledged;
      if (n % 10 === 9) await archive.maintain();
      expect(await reading.snapshot(record.id)).toEqual(record);
      expect(Buffer.from(await reading.content(record)).toString()).toBe(`text ${n}`);
    }
  });

  test.skipIf(noMountReason !== undefined)(
    `a full disk stops the archive and loses nothing acknowledged${noMountReason ? ` (${noMountReason})` : ''}`,
    async () => {
      const { directory } = smallDisk('6m');
      const archive = await recordsIn(directory, { groupSize: 1 });
      const acknowledged: string[] = [];
      const failure = await (async (): Promise<unknown> => {
        for (let n = 0; n < 400; n++) {
          const { record, acknowledged: done } = await archive.recordSnapshot(noise(n));
          await done;
          acknowledged.push(record.id);
        }
        return undefined;
      })().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ArchiveError);
      expect(String(failure)).toContain(directory);
      expect(String(failure)).toMatch(/space/i);
      expect(acknowledged.length).toBeGreaterThan(5);
      const log = git(join(directory, 'snapshots'), 'log', '--format=%H', 'main').trim().split('\n').reverse();
      expect(log.slice(0, acknowledged.length)).toEqual(acknowledged);
      await expect(archive.recordSnapshot(snapshotDraft({ text: 'more' }))).rejects.toThrow(ArchiveError);
    },
  );
});

/** Documents that cannot be compressed. */
function noise(n: number): SnapshotDraft {
  const bytes = crypto.getRandomValues(new Uint8Array(50_000));
  return snapshotDraft({ serviceId: `Service ${n}`, content: bytes });
}
