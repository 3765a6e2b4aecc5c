import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RecordQueries } from '../../../../archive/index/index-reader.ts';
import type { MonthCount, VersionFilter } from '../../../../archive/index/indexed-record.ts';
import { openIndexReader } from '../../../../archive/index/open-reader.ts';
import { updateIndex } from '../../../../archive/index/update-index.ts';
import { addCommits, makeHistory } from '../../../helpers/history.ts';
import { indexed } from '../../../helpers/indexed-archive.ts';
import { temporaryDirectory } from '../../../helpers/temporary-directory.ts';

const commit = (subject: string, date: string, path: string, text: string) => ({
  message: `${subject} ${path}`,
  date: Date.parse(date) / 1000,
  set: { [`${path}.md`]: text },
});

const TERMS = { serviceId: 'Brass', termsType: 'Terms of Service' };
const PATH = 'Brass/Terms of Service';

const VERSIONS = [
  commit('First record of', '2024-01-31T23:59:59Z', PATH, 'You may play brass here.\n\nWe never sell your data.'),
  commit('Record new changes of', '2024-02-01T00:00:00Z', PATH, 'You may play brass here.\n\nWe sell your data.'),
  commit('First record of', '2024-02-02T00:00:00Z', 'Brass/Privacy Policy', 'We keep what you play.'),
  commit('Refilter', '2024-02-01T00:00:00Z', PATH, '# Terms\n\nYou may play brass here.\n\nWe sell your data.'),
  commit('First record of', '2024-06-01T00:00:00Z', 'Reed/Privacy Policy', 'We keep nothing.'),
];
const SNAPSHOTS = [commit('First record of', '2024-04-15T10:00:00Z', 'Brass/Terms of Service', '<p>You may play</p>')];

const brief = ({ month, kind, isTold, versions }: MonthCount): unknown[] => [month, kind, isTold, versions];

const ask = <Answer>(question: (reader: RecordQueries) => Answer): Promise<Answer> =>
  indexed({ versions: VERSIONS, snapshots: SNAPSHOTS }, question);

describe('versions by month', () => {
  test('months are in UTC, oldest first, kinds apart', async () => {
    expect((await ask((reader) => reader.monthCounts(TERMS))).map(brief)).toEqual([
      ['2024-01', 'first', false, 1],
      ['2024-02', 'change', true, 1],
      ['2024-02', 'technical-upgrade', false, 1],
    ]);
  });

  test('of a service, all its terms together; of one that nobody knows, nothing', async () => {
    const [service, unknown] = await ask((reader) => [
      reader.monthCounts({ serviceId: 'Brass' }),
      reader.monthCounts({ serviceId: "'; DROP TABLE version; --" }),
    ]);
    expect(service?.reduce((sum, { versions }) => sum + versions, 0)).toBe(4);
    expect(unknown).toEqual([]);
  });

  test('the class is told of what is judged', async () => {
    const counts = await ask((reader) => reader.monthCounts(TERMS));
    expect(counts.map((count) => [count.kind, count.class, count.state])).toContainEqual(['change', 'text', 'ok']);
    expect(counts.find(({ kind }) => kind === 'first')?.class).toBeUndefined();
  });

  test.each<[string, Pick<VersionFilter, 'raised' | 'lowered'>, number]>([
    ['as judged', {}, 1],
    ['lowered', { lowered: [2] }, 0],
    ['raised', { raised: [4] }, 2],
    ['raised and lowered: lowered, as in lists', { raised: [2], lowered: [2] }, 0],
  ])('people are told, %s', async (_name, told, expected) => {
    const answers = await ask((reader) => ({
      counts: reader.monthCounts({ ...TERMS, ...told }),
      listed: reader.countVersions({ ...TERMS, ...told, alerts: true }),
    }));
    const sum = answers.counts.reduce((total, { isTold, versions }) => total + (isTold ? versions : 0), 0);
    expect([sum, answers.listed]).toEqual([expected, expected]);
  });

  test('months in which anything was recorded, snapshots as well', async () => {
    expect([...(await ask((reader) => reader.recordedMonths()))].sort()).toEqual([
      '2024-01',
      '2024-02',
      '2024-04',
      '2024-06',
    ]);
  });

  test('months that come later are known to a reader that is open already', async () => {
    const root = await temporaryDirectory();
    const versionsDirectory = makeHistory(join(root, 'versions'));
    const indexFile = join(root, 'index.sqlite');
    addCommits(versionsDirectory, ...VERSIONS);
    await updateIndex({ versionsDirectory, indexFile, withText: false });
    const reader = openIndexReader(indexFile);
    const before = [...reader.recordedMonths()].sort();
    addCommits(versionsDirectory, commit('Record new changes of', '2024-08-01T00:00:00Z', PATH, 'Otherwise.'));
    await updateIndex({ versionsDirectory, indexFile, withText: false });
    expect([before, [...reader.recordedMonths()].sort()]).toEqual([
      ['2024-01', '2024-02', '2024-06'],
      ['2024-01', '2024-02', '2024-06', '2024-08'],
    ]);
    reader.close();
  });
});
