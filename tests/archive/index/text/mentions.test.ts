import { beforeAll, describe, expect, test } from 'vitest';
import type { MentionQuery } from '../../../../archive/index/clause.ts';
import { QuerySyntaxError } from '../../../../archive/index/index-error.ts';
import type { TextQueries } from '../../../../archive/index/index-reader.ts';
import { textOfRows } from './text-of-rows.ts';

const ARBITRATION =
  'Any dispute between us is settled by binding arbitration in the county of Larch, and by nothing else.';

let queries: TextQueries;

const mentions = (text: string, query: Partial<MentionQuery> = {}) => queries.mentions({ text, ...query });
const servicesWith = (text: string, query?: Partial<MentionQuery>): string[] =>
  mentions(text, query).map(({ serviceId, termsType }) => `${serviceId}: ${termsType}`);

describe('terms that hold something', () => {
  beforeAll(async () => {
    const index = textOfRows();
    index.add('# Arbitration', { service: 'Acme', date: '2024-01-01' });
    index.add(`# Arbitration\n\n${ARBITRATION}`, { service: 'Acme', date: '2024-02-01' });
    index.add(`# Arbitration\n\nNo arbitration for consumers.\n\n${ARBITRATION}`, {
      service: 'Acme',
      date: '2024-03-01',
    });
    index.add(ARBITRATION, { service: 'Bluebird', date: '2024-04-01' });
    index.add('Courts decide.', { service: 'Bluebird', date: '2024-05-01' });
    index.add('We keep your data.', { service: 'Bluebird', terms: 'Privacy Policy', date: '2024-05-01' });
    index.add(ARBITRATION.replace('Larch', 'Elm'), { service: 'Oldname', date: '2024-06-01' });
    index.add(`${ARBITRATION.replace('Larch', 'Elm')}\n\nNew name.`, { service: 'Newname', date: '2024-07-01' });
    index.rename('Oldname', 'Newname');
    await index.update();
    queries = index.queries();
  });

  test('are each told once, by service and terms type, under the names that they have now', () => {
    expect(servicesWith('arbitration')).toEqual([
      'Acme: Terms of Service',
      'Bluebird: Terms of Service',
      'Newname: Terms of Service',
    ]);
  });

  test('are told with the time in which any of their paragraphs held it', () => {
    const [acme, bluebird, newname] = mentions('arbitration');
    expect(acme?.appeared.by).toEqual(new Date('2024-01-01'));
    expect(acme?.disappeared).toBeUndefined();
    expect(acme?.paragraphs).toBe(3);
    expect(bluebird?.disappeared?.by).toEqual(new Date('2024-05-01'));
    expect(bluebird?.paragraphs).toBe(0);
    expect(newname?.appeared.by).toEqual(new Date('2024-06-01'));
    expect(newname?.disappeared).toBeUndefined();
  });

  test('show the paragraph in force that appeared first, with its words marked', () => {
    const [acme] = mentions('binding');
    expect(acme?.excerpt).toContainEqual({ text: 'binding', isMatch: true });
    expect(acme?.excerpt.map(({ text }) => text).join('')).toBe(ARBITRATION);
    expect(queries.clause(acme?.clauseId ?? 0)?.wordings.map(({ text }) => text)).toEqual([ARBITRATION]);
  });

  test.each<[string, Partial<MentionQuery>, string[]]>([
    ['services', { services: ['Bluebird'] }, ['Bluebird: Terms of Service']],
    ['a service under its new name', { services: ['Newname'] }, ['Newname: Terms of Service']],
    ['a terms type', { termsTypes: ['Privacy Policy'] }, []],
    ['a service that nobody knows', { services: ['Zeppelin'] }, []],
  ])('within %s', (_case, query, expected) => {
    expect(servicesWith('arbitration', query)).toEqual(expected);
    if (query.services?.includes('Newname')) {
      expect(mentions('arbitration', query)[0]?.appeared.by).toEqual(new Date('2024-06-01'));
    }
  });

  test('are found by a passage, what says nearly the same included', () => {
    expect(servicesWith(ARBITRATION, { match: 'passage' })).toEqual([
      'Acme: Terms of Service',
      'Bluebird: Terms of Service',
      'Newname: Terms of Service',
    ]);
  });

  test('in a query that cannot be read are refused', () => {
    expect(() => mentions('-only')).toThrow(QuerySyntaxError);
  });
});
