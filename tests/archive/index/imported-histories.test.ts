import { describe, expect, test } from 'vitest';
import type { IndexReader } from '../../../archive/index/index-reader.ts';
import type { CommitOfTest } from '../../helpers/history.ts';
import { indexed } from '../../helpers/indexed-archive.ts';

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
