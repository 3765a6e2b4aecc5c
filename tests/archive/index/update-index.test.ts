import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { IndexReader } from '../../../archive/index/index-reader.ts';
import { openIndexReader } from '../../../archive/index/open-reader.ts';
import { type IndexProgress, updateIndex } from '../../../archive/index/update-index.ts';
import { addCommits, type CommitOfTest, makeHistory } from '../../helpers/history.ts';
import { git } from '../../helpers/repository.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

/** An archive of these commits, indexed, and the index's answers. */
async function indexed<Answer>(
  commits: { readonly versions?: readonly CommitOfTest[]; readonly snapshots?: readonly CommitOfTest[] },
  ask: (reader: IndexReader, ids: { versions: string[]; snapshots: string[] }) => Answer,
): Promise<Answer> {
  const root = await temporaryDirectory();
  const [versionsDirectory, snapshotsDirectory] = (['versions', 'snapshots'] as const).map((name) =>
    makeHistory(join(root, name)),
  );
  if (!versionsDirectory) throw new Error('No directory');
  const ids = {
    versions: commits.versions ? addCommits(versionsDirectory, ...commits.versions) : [],
    snapshots: commits.snapshots ? addCommits(snapshotsDirectory ?? '', ...commits.snapshots) : [],
  };
  const indexFile = join(root, 'index.sqlite');
  await updateIndex({ versionsDirectory, snapshotsDirectory, indexFile });
  const reader = openIndexReader(indexFile);
  try {
    return ask(reader, ids);
  } finally {
    reader.close();
  }
}

const PAGE = { limit: 100 };
const names = (reader: IndexReader): string[] =>
  reader
    .versions({}, PAGE)
    .map(({ serviceId, termsType }) => `${serviceId}/${termsType}`)
    .reverse();

describe('what is a record', () => {
  const cases: [string, CommitOfTest[], string[]][] = [
    [
      'subjects of older engines',
      [
        { message: 'Start tracking A Terms', set: { 'A/Terms.md': '1' } },
        { message: 'Update A Terms', set: { 'A/Terms.md': '2' } },
        { message: 'Refilter A Terms', set: { 'A/Terms.md': '3' } },
      ],
      ['A/Terms', 'A/Terms', 'A/Terms'],
    ],
    [
      'no other subjects, and no files outside of a folder',
      [
        { message: 'Add Readme and License', set: { 'README.md': '1', 'A/Terms.md': 'by hand' } },
        { message: 'Update README', set: { 'README.md': '2' } },
        { message: 'Updates of everything', set: { 'A/Terms.md': '3' } },
        {
          message: 'First record of B Terms',
          set: { 'B/Terms.md': '1', '.github/workflows.md': 'x', 'a/b/c.md': 'x' },
        },
      ],
      ['B/Terms'],
    ],
    [
      'several files of a commit, by path',
      [
        {
          message: 'Start tracking A Terms',
          set: { 'B/Privacy Policy.md': '1', 'A/Terms.md': '1', 'B/Cookies.md': '1' },
        },
      ],
      ['A/Terms', 'B/Cookies', 'B/Privacy Policy'],
    ],
    [
      'names with anything in them',
      [
        { message: 'Start tracking', set: { 'A/Terms.md': 'its subject names nothing' } },
        { message: 'Update x', set: { "--option/'; DROP TABLE version; --.md": '1' } },
        { message: 'Update x', set: { '<script>/利用規約.md': '1', 'Yahoo!/a\nb.md': '1' } },
      ],
      ["--option/'; DROP TABLE version; --", '<script>/利用規約', 'Yahoo!/a\nb'],
    ],
    [
      'only Markdown among versions',
      [{ message: 'Update A Terms', set: { 'A/Terms.md': '1', 'A/Terms.html': '1', 'A/data.json': '1' } }],
      ['A/Terms'],
    ],
    [
      'no links, no removals, no commits without files',
      [
        { message: 'First record of A Terms', set: { 'A/Terms.md': '1' } },
        { message: 'Update A Terms', remove: ['A/Terms.md'] },
        { message: 'Update A Terms' },
        { message: 'Update A Terms', mode: '120000', set: { 'A/Terms.md': '../B' } },
      ],
      ['A/Terms'],
    ],
    [
      'no merges, and what was merged once',
      [
        { message: 'First record of A Terms', set: { 'A/Terms.md': '1' } },
        { message: 'First record of B Terms', branch: 'side', parents: [':1'], set: { 'B/Terms.md': '1' } },
        { message: 'Update A Terms', parents: [':1', ':2'], set: { 'B/Terms.md': '1', 'C/Terms.md': 'merge' } },
        { message: 'Update A Terms', set: { 'A/Terms.md': '2' } },
      ],
      ['A/Terms', 'B/Terms', 'A/Terms'],
    ],
  ];
  test.each(cases)('%s', async (_name, versions, expected) => {
    expect(await indexed({ versions }, names)).toEqual(expected);
  });

  test('kinds, dates, snapshots and subjects come from the commit', async () => {
    const [first, second] = ['1'.repeat(40), '2'.repeat(40)];
    const link = (id: string | undefined) => `https://example.org/archive/commit/${id}`;
    const versions: CommitOfTest[] = [
      {
        message: `First record of A Terms\n\nThis version was recorded after extracting from snapshot ${link(first)}\n\nX-engine-version: 1.0.0`,
        date: 1_000_000_000,
        set: { 'A/Terms.md': 'one\ntwo\n' },
      },
      {
        message: `Apply technical or declaration upgrade on A Terms\n\nThis version was recorded after extracting from and assembling the following snapshots from 2 source documents:\n- ${link(first)}\n- ${link(second)}`,
        date: 999_999_999,
        set: { 'A/Terms.md': 'one\n' },
      },
    ];
    await indexed({ versions }, (reader, ids) => {
      expect(reader.versionById(ids.versions[0] ?? '')).toMatchObject({
        seq: 1,
        serviceId: 'A',
        termsType: 'Terms',
        fetchDate: new Date(1_000_000_000_000),
        isFirstRecord: true,
        isTechnicalUpgrade: false,
        snapshotIds: [first],
        subject: 'First record of A Terms',
        additions: 2,
        deletions: 0,
      });
      expect(reader.latestVersion('A', 'Terms')).toMatchObject({
        id: ids.versions[1],
        seq: 2,
        fetchDate: new Date(999_999_999_000),
        isFirstRecord: false,
        isTechnicalUpgrade: true,
        snapshotIds: [first, second],
        additions: 0,
        deletions: 1,
      });
      expect(reader.terms()).toEqual([
        {
          serviceId: 'A',
          termsType: 'Terms',
          versions: 2,
          technicalUpgrades: 1,
          snapshots: 0,
          firstDate: new Date(1_000_000_000_000),
          latestDate: new Date(999_999_999_000),
          latestVersionId: ids.versions[1],
          formerly: [],
        },
      ]);
    });
  });

  test('a date that nobody can write is brought within the years 1 to 9999', async () => {
    const versions = [{ message: 'First record of A Terms', date: 99_999_999_999_999, set: { 'A/Terms.md': '1' } }];
    const date = await indexed({ versions }, (reader) => reader.latestVersion('A', 'Terms')?.fetchDate);
    expect(date?.toISOString()).toBe('9999-12-31T23:59:59.000Z');
  });

  test('snapshots of any type, with their document and location', async () => {
    const trailer = (location: string) =>
      `X-engine-version: 1.0.0\nX-fetcher: htmlOnly\nX-source-document-location: ${location}`;
    const snapshots: CommitOfTest[] = [
      {
        message: `First record of A Terms\n\nDocument ID one\n\n${trailer('https://a.example/one')}`,
        set: { 'A/Terms #one.html': '<p>1' },
      },
      { message: 'Start tracking A Terms', set: { 'A/Terms #two.pdf': '%PDF' } },
    ];
    await indexed({ snapshots }, (reader, ids) => {
      expect(reader.state()).toMatchObject({
        versionsTip: undefined,
        snapshotsTip: ids.snapshots[1],
        versions: 0,
        snapshots: 2,
      });
      expect(reader.snapshots({ serviceId: 'A', termsType: 'Terms' }, PAGE)).toMatchObject([
        { seq: 2, id: ids.snapshots[1], documentId: 'two', mimeType: 'application/pdf', location: undefined },
        { seq: 1, id: ids.snapshots[0], documentId: 'one', mimeType: 'text/html', location: 'https://a.example/one' },
      ]);
      expect(reader.snapshots({ serviceId: 'A', termsType: 'Terms' }, { limit: 1, before: 2 })).toMatchObject([
        { seq: 1 },
      ]);
      expect(reader.snapshotById(ids.snapshots[0] ?? '')?.documentId).toBe('one');
      expect(reader.terms()).toMatchObject([
        { versions: 0, snapshots: 2, latestVersionId: undefined, firstDate: undefined },
      ]);
      expect(reader.latestVersion('A', 'Terms')).toBeUndefined();
    });
  });
});

describe('names that changed', () => {
  const formerly = (reader: IndexReader) =>
    Object.fromEntries(
      reader
        .terms()
        .map((terms) => [
          `${terms.serviceId}/${terms.termsType}`,
          terms.formerly.map(({ serviceId, termsType }) => `${serviceId}/${termsType}`),
        ]),
    );

  const first = (name: string, content = name): CommitOfTest => ({
    message: `First record of ${name.replace('/', ' ')}`,
    set: { [`${name}.md`]: content },
  });
  const move = (from: string, to: string, content: string, message = 'Rename'): CommitOfTest => ({
    message,
    remove: [`${from}.md`],
    set: { [`${to}.md`]: content },
  });

  const cases: [string, CommitOfTest[], Record<string, string[]>][] = [
    [
      'twice',
      [
        first('A/Terms', 'x'),
        move('A/Terms', 'B/Terms', 'x'),
        { ...move('B/Terms', 'C/Terms', 'x'), message: 'Update C Terms' },
      ],
      { 'A/Terms': [], 'C/Terms': ['B/Terms', 'A/Terms'] },
    ],
    [
      'and changed back',
      [
        first('A/Terms', 'x'),
        move('A/Terms', 'B/Terms', 'x', 'Update B Terms'),
        move('B/Terms', 'A/Terms', 'x', 'Update A Terms'),
      ],
      { 'A/Terms': ['B/Terms'], 'B/Terms': ['A/Terms'] },
    ],
    [
      'of a service with several terms of the same content',
      [
        { message: 'Start tracking A', set: { 'A/Cookies.md': 'x', 'A/Terms.md': 'x' } },
        {
          message: 'Update B',
          remove: ['A/Cookies.md', 'A/Terms.md'],
          set: { 'B/Terms.md': 'x', 'B/Cookies.md': 'x' },
        },
      ],
      { 'A/Cookies': [], 'A/Terms': [], 'B/Cookies': ['A/Cookies'], 'B/Terms': ['A/Terms'] },
    ],
    [
      'is not a removal and something else',
      [first('A/Terms', 'x'), move('A/Terms', 'B/Terms', 'other', 'First record of B Terms')],
      { 'A/Terms': [], 'B/Terms': [] },
    ],
    ['is not a copy', [first('A/Terms', 'x'), first('B/Terms', 'x')], { 'A/Terms': [], 'B/Terms': [] }],
  ];
  test.each(cases)('%s', async (_name, versions, expected) => {
    expect(await indexed({ versions }, formerly)).toEqual(expected);
  });

  test('a file that is removed loses nothing', async () => {
    const versions = [first('A/Terms', 'x'), { message: 'Remove A', remove: ['A/Terms.md'] }];
    await indexed({ versions }, (reader, ids) => {
      expect(reader.latestVersion('A', 'Terms')?.id).toBe(ids.versions[0]);
      expect(reader.state().versionsTip).toBe(ids.versions[1]);
    });
  });
});

describe('repositories', () => {
  test('without commits, or not there: an index without records, until they come', async () => {
    const root = await temporaryDirectory();
    const versionsDirectory = join(root, 'versions');
    const places = {
      versionsDirectory,
      snapshotsDirectory: join(root, 'snapshots'),
      indexFile: join(root, 'index.sqlite'),
    };
    await updateIndex(places);
    const reader = openIndexReader(places.indexFile);
    expect(reader.state()).toMatchObject({ versions: 0, services: 0, versionsTip: undefined, versionsWithoutText: 0 });
    expect(reader.versions({}, PAGE)).toEqual([]);
    makeHistory(versionsDirectory);
    await updateIndex(places);
    expect(reader.state().versions).toBe(0);
    const [id] = addCommits(versionsDirectory, { message: 'First record of A Terms', set: { 'A/Terms.md': '1' } });
    const report = await updateIndex(places);
    expect(report.versions).toMatchObject({ tip: id, added: 1, removed: 0 });
    expect(reader.state()).toMatchObject({ versions: 1, services: 1, terms: 1, versionsTip: id });
    reader.close();
  });

  test('one that is gone is a fault, and what is indexed stays', async () => {
    const root = await temporaryDirectory();
    const places = { versionsDirectory: join(root, 'versions'), indexFile: join(root, 'index.sqlite') };
    addCommits(makeHistory(places.versionsDirectory), {
      message: 'First record of A Terms',
      set: { 'A/Terms.md': '1' },
    });
    await updateIndex(places);
    const elsewhere = { ...places, versionsDirectory: join(root, 'elsewhere') };
    await expect(updateIndex(elsewhere)).rejects.toThrow('elsewhere');
    const reader = openIndexReader(places.indexFile);
    expect(reader.state().versions).toBe(1);
    reader.close();
  });

  test('a shallow clone has of its first commit only what that recorded, and becomes whole', async () => {
    const root = await temporaryDirectory();
    const source = makeHistory(join(root, 'source'));
    const ids = addCommits(
      source,
      { message: 'First record of A Terms', set: { 'A/Terms.md': '1' } },
      { message: 'First record of B Terms', set: { 'B/Terms.md': '1\n' } },
      { message: 'Record new changes of A Terms', set: { 'A/Terms.md': '2' } },
    );
    const versionsDirectory = join(root, 'versions');
    git(root, 'clone', '--quiet', '--bare', '--depth=2', `file://${source}`, versionsDirectory);
    const indexFile = join(root, 'index.sqlite');
    await updateIndex({ versionsDirectory, indexFile });
    const reader = openIndexReader(indexFile);
    expect(reader.versions({}, PAGE).map(({ id, serviceId, additions }) => [id, serviceId, additions])).toEqual([
      [ids[2], 'A', 1],
      [ids[1], 'B', undefined],
    ]);
    git(versionsDirectory, 'fetch', '--quiet', '--unshallow');
    await updateIndex({ versionsDirectory, indexFile });
    expect(reader.versions({}, PAGE).map(({ id, additions }) => [id, additions])).toEqual([
      [ids[2], 1],
      [ids[1], 1],
      [ids[0], 1],
    ]);
    reader.close();
  });

  test('progress is told by parts, and its total is reached', async () => {
    const root = await temporaryDirectory();
    const versionsDirectory = makeHistory(join(root, 'versions'));
    const commits = Array.from({ length: 50 }, (_, index) => ({
      message: 'Update A Terms',
      set: { 'A/Terms.md': `Paragraph ${index}\n` },
    }));
    addCommits(versionsDirectory, ...commits);
    const seen: IndexProgress[] = [];
    await updateIndex({ versionsDirectory, indexFile: join(root, 'index.sqlite'), onProgress: (it) => seen.push(it) });
    expect(new Set(seen.map(({ part }) => part))).toEqual(new Set(['records', 'text', 'lines']));
    for (const part of ['text', 'lines']) {
      expect(seen.findLast((it) => it.part === part)).toEqual({ part, done: 50, total: 50 });
    }
    expect(seen.findLast(({ part }) => part === 'records')?.done).toBe(50);
  });

  test('an update that is aborted leaves what it finished, and the next one goes on', async () => {
    const root = await temporaryDirectory();
    const versionsDirectory = makeHistory(join(root, 'versions'));
    const indexFile = join(root, 'index.sqlite');
    addCommits(versionsDirectory, { message: 'First record of A Terms', set: { 'A/Terms.md': '1' } });
    const reason = new Error('enough');
    await expect(updateIndex({ versionsDirectory, indexFile, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(() => openIndexReader(indexFile)).toThrow('no records yet');
    await updateIndex({ versionsDirectory, indexFile });
    const reader = openIndexReader(indexFile);
    expect(reader.state()).toMatchObject({ versions: 1, versionsWithoutText: 0 });
    reader.close();
  });
});
