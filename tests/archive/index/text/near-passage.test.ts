import { beforeAll, describe, expect, test } from 'vitest';
import type { TextQuery } from '../../../../archive/index/clause.ts';
import { QuerySyntaxError } from '../../../../archive/index/index-error.ts';
import type { TextQueries } from '../../../../archive/index/index-reader.ts';
import { textOfRows } from './text-of-rows.ts';

const ARBITRATION =
  'You and Acme agree that any dispute, claim or controversy shall be settled by binding arbitration in the county of Larch.';
const REWORDED =
  'You and Bluebird agree that any dispute, claim or controversy will be settled by binding arbitration in the county of Elm.';
const OTHERS = 'Any dispute is settled by the courts of the county of Larch.';
const WITHIN = `${ARBITRATION} This section survives the end of these terms, whoever ends them and whatever the reason may be. It also binds your heirs, your guests and whoever else you let use the service in your name.`;
const COMMON = 'By using our services you agree to these terms and to all of the other rules that we may publish.';
const COMMON_REWORDED = 'By using our services, you agree to these terms and to all of the rules which we may publish.';
const JAPANESE = '利用者は本規約に同意した上で、本サービスを利用するものとし、違反した場合は利用を停止します。';
const JAPANESE_REWORDED =
  '利用者は本規約に同意した上で、当サービスを利用するものとし、違反した場合は利用を停止します。';

let queries: TextQueries;

const near = (text: string, filter: Partial<TextQuery> = {}) =>
  queries.search({ text, match: 'passage', limit: 100, ...filter }).hits;

const textsNear = (text: string, filter?: Partial<TextQuery>): string[] => near(text, filter).map((hit) => hit.text);

describe('a passage', () => {
  beforeAll(async () => {
    const index = textOfRows();
    const filler = Array.from({ length: 60 }, (_, place) => `Paragraph ${place} of the terms that you agree to.`);
    index.add([ARBITRATION, COMMON, JAPANESE, ...filler].join('\n\n'), { service: 'Acme' });
    index.add([REWORDED, OTHERS, COMMON_REWORDED].join('\n\n'), { service: 'Bluebird' });
    index.add([REWORDED.replace('Elm', 'Ash'), JAPANESE_REWORDED].join('\n\n'), { service: 'Bluebird' });
    index.add(WITHIN, { service: 'Canary', terms: 'Privacy Policy' });
    await index.update();
    queries = index.queries();
  });

  test('finds paragraphs that say nearly the same, the most alike first, then those that contain it', () => {
    expect(textsNear(ARBITRATION)).toEqual([ARBITRATION, ...[REWORDED.replace('Elm', 'Ash'), REWORDED], WITHIN]);
    const [first, , , last] = near(ARBITRATION);
    expect(first?.score).toBe(1);
    expect(last?.score).toBeLessThan(0.6);
  });

  test.each([
    ['in capitals', ARBITRATION.toUpperCase()],
    ['with other signs', ARBITRATION.replaceAll(',', ' –').replace('.', '!')],
    [
      'with marks of Markdown',
      ARBITRATION.replace('binding arbitration', '**binding** [arbitration](https://a.example)'),
    ],
    ['with line breaks of a printed document', ARBITRATION.replace('any ', 'any\n').replace('settled ', 'settled\r\n')],
    ['with NUL', ARBITRATION.replaceAll(' ', '\0 ')],
    ['with half a surrogate pair', `${ARBITRATION} \ud800`],
    [
      'with what would be operators in a query',
      ARBITRATION.replace('and', 'AND').replace('or', 'OR').replace('Acme', '"Acme'),
    ],
  ])('%s finds the same', (_case, passage) => {
    expect(textsNear(passage)).toContain(ARBITRATION);
    expect(textsNear(passage)).toContain(REWORDED);
    expect(textsNear(passage)).not.toContain(OTHERS);
  });

  test('of common words alone is found by words in a row', () => {
    expect(textsNear(COMMON)).toEqual([COMMON, COMMON_REWORDED]);
  });

  test('of several paragraphs finds what is like each of them', () => {
    const found = textsNear(`${COMMON}\n\n${ARBITRATION}`);
    expect(found).toContain(COMMON_REWORDED);
    expect(found).toContain(REWORDED);
  });

  test('in a script without spaces finds what is like it', () => {
    expect(textsNear(JAPANESE)).toEqual([JAPANESE, JAPANESE_REWORDED]);
  });

  test('is looked for within what filters leave', () => {
    expect(near(ARBITRATION, { termsTypes: ['Privacy Policy'] }).map(({ serviceId }) => serviceId)).toEqual(['Canary']);
    expect(textsNear(ARBITRATION, { services: ['Bluebird'], state: 'removed' })).toEqual([REWORDED]);
    expect(textsNear(ARBITRATION, { services: ['Bluebird'], state: 'in-force' })).toEqual([
      REWORDED.replace('Elm', 'Ash'),
    ]);
    expect(textsNear(ARBITRATION, { sort: 'date' })[0]).toBe(WITHIN);
  });

  test('is marked where both have words in a row', () => {
    const [hit] = near(ARBITRATION, { services: ['Bluebird'], state: 'removed' });
    const marked = hit?.excerpt.filter(({ isMatch }) => isMatch).map(({ text }) => text);
    expect(marked).toEqual([
      'agree that any dispute, claim or controversy',
      'be settled by binding arbitration in the county of',
    ]);
    expect(hit?.excerpt.map(({ text }) => text).join('')).toBe(REWORDED);
  });

  test('that nobody wrote finds nothing', () => {
    expect(near('Zeppelins may never be moored to the roofs of our offices after midnight.')).toEqual([]);
  });

  test.each([
    ['too few words', 'binding arbitration'],
    ['no words', '!!! ???'],
    ['a document', 'word '.repeat(5_000)],
  ])('of %s is refused with a reason', (_case, passage) => {
    expect(() => near(passage)).toThrow(QuerySyntaxError);
  });

  test('that is made to be slow is answered', () => {
    expect(near(`${'a'.repeat(19_000)} b c d`)).toEqual([]);
    expect(near('利用'.repeat(4_000))).toEqual([]);
    expect(near('( " \\ * - '.repeat(900) + ARBITRATION)).toBeDefined();
  });
});
