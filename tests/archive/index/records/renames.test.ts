import { describe, expect, test } from 'vitest';
import type { IndexReader } from '../../../../archive/index/index-reader.ts';
import type { CommitOfTest } from '../../../helpers/history.ts';
import { indexed } from '../../../helpers/indexed-archive.ts';

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
