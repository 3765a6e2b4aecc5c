import { beforeAll, describe, expect, test } from 'vitest';
import type { TextHits, TextQuery } from '../../../../archive/index/clause.ts';
import { QuerySyntaxError } from '../../../../archive/index/index-error.ts';
import type { TextQueries } from '../../../../archive/index/index-reader.ts';
import { textOfRows } from './text-of-rows.ts';

let queries: TextQueries;

/** The texts of all hits, in their order. */
const found = (text: string, filter: Partial<TextQuery> = {}): string[] =>
  queries.search({ text, limit: 100, ...filter }).hits.map((hit) => hit.text);

/** Excerpts with matches in brackets. */
const marked = (text: string): string[] =>
  queries
    .search({ text, limit: 100 })
    .hits.map(({ excerpt }) => excerpt.map((piece) => (piece.isMatch ? `[${piece.text}]` : piece.text)).join(''));

describe('a query', () => {
  beforeAll(async () => {
    const index = textOfRows();
    index.add(
      [
        'Disputes go to binding arbitration.',
        'You waive class action lawsuits.',
        'Waiver of a class of action.',
        'Employees may use arbitration.',
        'We refund fees.',
        'We repay fees.',
        'Don’t e-mail us at 1.5 % of cases.',
        'NEAR the column text: nothing.',
      ].join('\n\n'),
    );
    await index.update();
    queries = index.queries();
  });

  const ARBITRATION = 'Disputes go to binding arbitration.';
  const EMPLOYEES = 'Employees may use arbitration.';
  const ACTION = 'You waive class action lawsuits.';
  const CLASS = 'Waiver of a class of action.';
  const REFUND = 'We refund fees.';
  const REPAY = 'We repay fees.';
  const MAIL = 'Don’t e-mail us at 1.5 % of cases.';
  const NEAR = 'NEAR the column text: nothing.';

  test.each([
    ['one word', 'arbitration', [ARBITRATION, EMPLOYEES]],
    ['letter case', 'ARBITRATION', [ARBITRATION, EMPLOYEES]],
    ['all words', 'binding arbitration', [ARBITRATION]],
    ['words in any order', 'action class', [ACTION, CLASS]],
    ['AND', 'binding AND arbitration', [ARBITRATION]],
    ['and, which is a word', 'binding and arbitration', []],
    ['a phrase', '"class action"', [ACTION]],
    ['a beginning', 'waive*', [ACTION, CLASS]],
    ['a phrase that ends with a beginning', '"class act"*', [ACTION]],
    ['OR', 'refund OR repay', [REFUND, REPAY]],
    ['OR weaker than AND', 'refund fees OR binding', [ARBITRATION, REFUND]],
    ['NOT', 'arbitration NOT employees', [ARBITRATION]],
    ['-word', 'arbitration -employees', [ARBITRATION]],
    ['-"phrase"', 'class -"class action"', [CLASS]],
    ['-(group)', 'fees -(refund OR binding)', [REPAY]],
    ['parentheses', '(refund OR repay) fees', [REFUND, REPAY]],
    ['a hyphen inside a word', 'e-mail', [MAIL]],
    ['an apostrophe', 'don’t', [MAIL]],
    ['another apostrophe', "don't", [MAIL]],
    ['a number', '1.5', [MAIL]],
    ['a number that is not it', '15', []],
    ['a quotation mark that is not closed', '"class action', [ACTION]],
    ['a parenthesis that is not closed', '(refund OR (repay', [REFUND, REPAY]],
    ['a parenthesis too many', 'refund) fees', [REFUND]],
    ['an operator with nothing beside it', 'OR refund AND', [REFUND]],
    ['NEAR( is no function', 'NEAR(column text)', [NEAR]],
    ['a colon is no column', 'text:nothing', [NEAR]],
    ['a column filter of SQLite', '{text} : nothing', [NEAR]],
    ['^ is no anchor', '^nothing', [NEAR]],
    ['+ joins nothing', 'class + action', [ACTION, CLASS]],
    ['NUL', 'refund\0fees', [REFUND]],
    ['half a surrogate pair', 'refund \ud800', [REFUND]],
    ['nothing that was ever recorded', 'zeppelin', []],
  ])('%s', (_what, text, expected) => {
    expect(found(text).sort()).toEqual([...expected].sort());
  });

  test.each([
    ['nothing', '', /no words to find/],
    ['only signs', '§ & — !', /no words to find/],
    ['only operators', 'AND OR NOT - ( )', /no words to find/],
    ['only what must not be there', '-refund', /only says what must not be there/],
    ['a beginning of one letter', 'a*', /at least 2 letters/],
    ['10,000 characters', 'a'.repeat(10_000), /10000 characters/],
    ['1,000 words', 'ab '.repeat(660), /660 words/],
    ['many beginnings', 'ab* '.repeat(9), /9 beginnings of words/],
    ['deep parentheses', `${'('.repeat(500)}refund`, /inside each other/],
  ])('of %s is refused', (_what, text, message) => {
    expect(() => found(text)).toThrow(QuerySyntaxError);
    expect(() => found(text)).toThrow(message);
  });

  test.each([
    '"""',
    '"a""b"',
    '(((a)',
    ')(',
    '* *',
    '-',
    '--',
    'a - b',
    'NOT NOT a',
    "'; DROP TABLE block; --",
    '\\"',
    'a^2',
    '%',
    '[a]',
    '🏳️‍🌈',
    'ﷺ',
    'a\u0301b',
    '²',
  ])('%j is answered or refused in our own words', (text) => {
    try {
      found(text);
    } catch (error) {
      expect(error).toBeInstanceOf(QuerySyntaxError);
    }
  });

  test('matches are marked', () => {
    expect(marked('binding arbitr*')).toEqual(['Disputes go to [binding] [arbitration].']);
    expect(marked('"class action"')).toEqual(['You waive [class action] lawsuits.']);
    expect(marked('class -lawsuits')).toEqual(['Waiver of a [class] of action.']);
  });
});

describe('languages', () => {
  const CHINESE = '我们可能会收集您的个人信息。';
  const TITLE = '条款';
  const JAPANESE = 'Googleアカウントの個人情報を削除できます。';
  const THAI = 'เราอาจเปลี่ยนแปลงข้อกำหนดเหล่านี้ได้';
  const KOREAN = '개인정보 처리방침을 변경할 수 있습니다.';
  const FRENCH = 'Les données personnelles sont supprimées à l’échéance.';
  const GERMAN = 'Wir ändern die Gebühren für die Außenstellen.';
  const GREEK = 'Μπορούμε να αλλάξουμε τους όρους.';
  const ARABIC = 'يجوز لنا تغيير هذه الشروط في أي وقت.';
  const RUSSIAN = 'Подсчёт голосов.';
  const VIETNAMESE = 'Chúng tôi có thể thay đổi điều khoản.';

  beforeAll(async () => {
    const index = textOfRows();
    const texts = [CHINESE, TITLE, JAPANESE, THAI, KOREAN, FRENCH, GERMAN, GREEK, ARABIC, RUSSIAN, VIETNAMESE];
    index.add(texts.join('\n\n'));
    await index.update();
    queries = index.queries();
  });

  test.each([
    ['French, diacritics folded', 'donnees supprimees', [FRENCH]],
    ['French, elided article', 'l’échéance', [FRENCH]],
    ['German, umlauts folded', 'andern gebuhren', [GERMAN]],
    ['German, sharp s', 'Außenstellen', [GERMAN]],
    ['Greek, accents folded', 'αλλαξουμε ορους', [GREEK]],
    ['Greek capitals', 'ΑΛΛΑΞΟΥΜΕ ΤΟΥΣ ΟΡΟΥΣ', [GREEK]],
    ['Russian', 'подсчет', [RUSSIAN]],
    ['Arabic', 'تغيير الشروط', [ARABIC]],
    ['Vietnamese, two marks on one letter', 'đieu khoan', [VIETNAMESE]],
    ['Korean', '개인정보', [KOREAN]],
    ['Chinese, four characters', '个人信息', [CHINESE]],
    ['Chinese, two characters', '个人', [CHINESE]],
    ['Chinese, one character', '款', [TITLE]],
    ['Chinese, a beginning', '个人*', [CHINESE]],
    ['Chinese, two parts', '收集 信息', [CHINESE]],
    ['Chinese, without', '人 -信息', [JAPANESE]],
    ['Japanese', '個人情報', [JAPANESE]],
    ['Japanese, two characters', '削除', [JAPANESE]],
    ['Japanese after Latin letters', 'google アカウント', [JAPANESE]],
    ['Latin letters in Japanese', 'google', [JAPANESE]],
    ['Latin letters in Japanese, a beginning', 'goo*', [JAPANESE]],
    ['Thai', 'ข้อกำหนด', [THAI]],
    ['Thai, two letters', 'รา', [THAI]],
    ['either of two scripts', '条款 OR données', [FRENCH, TITLE]],
  ])('%s', (_what, text, expected) => {
    expect(found(text).sort()).toEqual([...expected].sort());
  });

  test('matches are marked', () => {
    expect(marked('个人信息')).toEqual(['我们可能会收集您的[个人信息]。']);
    expect(marked('削除')).toEqual(['Googleアカウントの個人情報を[削除]できます。']);
    expect(marked('google')).toEqual(['[Google]アカウントの個人情報を削除できます。']);
    expect(marked('google 削除')).toEqual(['[Google]アカウントの個人情報を[削除]できます。']);
    expect(marked('ορους')).toEqual(['Μπορούμε να αλλάξουμε τους [όρους].']);
    expect(marked('donnees')).toEqual(['Les [données] personnelles sont supprimées à l’échéance.']);
  });
});

describe('filters and order', () => {
  beforeAll(async () => {
    const index = textOfRows();
    const add = (text: string, date: string, service: string, terms: string) =>
      index.add(text, { date: `${date}T00:00:00Z`, service, terms });
    add('Old fee.\n\nKept fee.\n\nFlickering fee.\n', '2024-01-01', 'Acme', 'Terms of Service');
    add('Kept fee.\n\nNew fee.\n', '2024-03-01', 'Acme', 'Terms of Service');
    add('Kept fee.\n\nNew fee.\n\nFlickering fee.\n', '2024-05-01', 'Acme', 'Terms of Service');
    add('Private fee.\n', '2024-02-01', 'Acme', 'Privacy Policy');
    add('Other fee.\n\nKept fee.\n', '2024-04-01', 'Bolt', 'Terms of Service');
    await index.update();
    queries = index.queries();
  });

  const ALL = ['Flickering fee.', 'Kept fee.', 'Kept fee.', 'New fee.', 'Old fee.', 'Other fee.', 'Private fee.'];
  const date = (day: string): Date => new Date(`${day}T00:00:00Z`);

  test.each<[string, Partial<TextQuery>, string[]]>([
    ['none: a hit for each of the terms', {}, ALL],
    ['a service', { serviceId: 'Bolt' }, ['Kept fee.', 'Other fee.']],
    ['a terms type', { termsType: 'Privacy Policy' }, ['Private fee.']],
    ['a service and a type', { serviceId: 'Bolt', termsType: 'Privacy Policy' }, []],
    ['a list of services', { services: ['Bolt', 'Nobody'] }, ['Kept fee.', 'Other fee.']],
    ['an empty list', { services: [] }, []],
    ['a list of types', { termsTypes: ['Privacy Policy', 'Cookies Policy'] }, ['Private fee.']],
    ['a service with quotation marks', { serviceId: `'"` }, []],
    ['in force', { state: 'in-force' }, ALL.filter((text) => text !== 'Old fee.')],
    ['removed', { state: 'removed' }, ['Old fee.']],
    [
      'stood since',
      { serviceId: 'Acme', since: date('2024-03-02') },
      ['Flickering fee.', 'Kept fee.', 'New fee.', 'Private fee.'],
    ],
    ['gone with the very day', { serviceId: 'Acme', since: date('2024-03-01'), state: 'removed' }, []],
    ['stood until', { until: date('2024-02-01') }, ['Flickering fee.', 'Kept fee.', 'Old fee.']],
    [
      'stood between, an absence does not count',
      { serviceId: 'Acme', since: date('2024-03-02'), until: date('2024-04-30') },
      ['Kept fee.', 'New fee.', 'Private fee.'],
    ],
  ])('%s', (_what, filter, expected) => {
    expect(found('fee', filter).sort()).toEqual(expected);
  });

  test('the newest first', () => {
    const hits = found('fee', { sort: 'date' });
    expect(hits[0]).toMatch(/Other|Kept/);
    expect(hits.slice(2, 4)).toEqual(['Private fee.', 'New fee.']);
    expect(hits.slice(4).sort()).toEqual(['Flickering fee.', 'Kept fee.', 'Old fee.']);
  });

  test('parts of a list make the whole list', () => {
    const parts = [0, 2, 4, 6].flatMap((offset) => found('fee', { limit: 2, offset }));
    expect(parts).toEqual(found('fee'));
    expect(queries.search({ text: 'fee', limit: 2, offset: 6 })).toMatchObject({ total: 7, isTotalBounded: false });
    expect(queries.search({ text: 'fee', limit: 2, offset: 600 })).toMatchObject({ hits: [], total: 7 });
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e9])(
    'a limit of %s gives between 1 and 100 hits',
    (limit) => {
      const { length } = found('fee', { limit });
      expect(length).toBeGreaterThanOrEqual(1);
      expect(length).toBeLessThanOrEqual(ALL.length);
    },
  );
});

describe('a renamed service', () => {
  beforeAll(async () => {
    const index = textOfRows();
    index.add('Kept fee.\n\nOld fee.\n', { service: 'Twitter' });
    index.rename('Twitter', 'X');
    index.add('Kept fee.\n\nNew fee.\n', { service: 'X' });
    await index.update();
    queries = index.queries();
  });

  const foundBy = (filter: Partial<TextQuery>): string[] =>
    queries
      .search({ text: 'fee', limit: 9, ...filter })
      .hits.map(({ serviceId, text }) => `${serviceId}: ${text}`)
      .sort();

  test.each<[string, Partial<TextQuery>, string[]]>([
    ['what goes on is found under the new name', {}, ['Twitter: Old fee.', 'X: Kept fee.', 'X: New fee.']],
    ['what goes on is not removed', { state: 'removed' }, ['Twitter: Old fee.']],
    [
      'who asks for the former name gets all that it had',
      { serviceId: 'Twitter' },
      ['Twitter: Kept fee.', 'Twitter: Old fee.'],
    ],
    [
      'who asks for both gets each once',
      { services: ['Twitter', 'X'] },
      ['Twitter: Old fee.', 'X: Kept fee.', 'X: New fee.'],
    ],
  ])('%s', (_what, filter, expected) => {
    expect(foundBy(filter)).toEqual(expected);
  });

  test('what goes on lives since before the change of name', () => {
    for (const serviceId of ['Twitter', 'X']) {
      const [hit] = queries.search({ text: 'kept', limit: 1, serviceId }).hits;
      expect(hit?.life).toMatchObject({ appeared: { basis: 'first-record' }, disappeared: undefined, absences: [] });
    }
  });
});

describe('many matches', () => {
  const FILLER = 'Nothing else of any interest is said in this paragraph about the fee that it names, number';

  beforeAll(async () => {
    const index = textOfRows();
    const blocks = Array.from({ length: 6_500 }, (_, number) => `${FILLER} ${number}.`);
    index.add(blocks.join('\n\n'), { service: 'Wordy' });
    index.add('The late fee is due at once, and so is every other fee that anybody owes us.', { service: 'Terse' });
    await index.update();
    queries = index.queries();
  });

  test('are counted to a bound, and that is said', () => {
    expect(queries.search({ text: 'fee', limit: 5 })).toMatchObject({ total: 1_000, isTotalBounded: true });
    expect(queries.search({ text: '"late fee"', limit: 5 })).toMatchObject({ total: 1, isTotalBounded: false });
  });

  test('beyond the bound there is nothing, and what is counted can be had', () => {
    expect(queries.search({ text: 'fee', limit: 5, offset: 998 }).hits).toHaveLength(2);
    expect(queries.search({ text: 'fee', limit: 5, offset: 1_000 })).toMatchObject({ hits: [], total: 1_000 });
  });

  describe('parts of a list make one list, with one total', () => {
    let paged: TextQueries;
    beforeAll(async () => {
      const index = textOfRows();
      const blocks = (from: number, until: number): string =>
        Array.from({ length: until - from }, (_, number) => `${FILLER} ${from + number}.`).join('\n\n');
      index.add(blocks(0, 5_000), { date: '2024-01-01T00:00:00Z', service: 'Wordy' });
      index.add(blocks(110, 6_500), { date: '2024-03-01T00:00:00Z', service: 'Wordy' });
      index.add(`${blocks(0, 60)}\n\n${blocks(7_000, 7_020)}`, { date: '2024-02-01T00:00:00Z', service: 'Other' });
      await index.update();
      paged = index.queries();
    });

    test.each<[string, Partial<TextQuery>, number]>([
      ['all', {}, 1_000],
      ['a word and a beginning', { text: 'fee numb*' }, 1_000],
      ['removed', { state: 'removed' }, 110],
      ['removed, of a service', { state: 'removed', services: ['Wordy'] }, 110],
      ['stood only late, of another service', { services: ['Other'], since: new Date('2024-02-01T00:00:00Z') }, 80],
      ['in force', { state: 'in-force' }, 1_000],
      ['removed, the newest first', { state: 'removed', sort: 'date' }, 110],
      ['all, the newest first', { sort: 'date' }, 1_000],
      ['removed, either of two words', { text: 'fee OR zeppelin', state: 'removed' }, 110],
      ['removed, with and without scripts of other kinds', { text: 'fee OR 款', state: 'removed' }, 110],
    ])('%s', (_what, filter, expected) => {
      const seen: string[] = [];
      for (let offset = 0; offset < expected + 25; offset += 25) {
        const { hits, total } = paged.search({ text: 'fee', ...filter, limit: 25, offset });
        expect(total).toBe(expected);
        seen.push(...hits.map(({ serviceId, blockId }) => `${serviceId} ${blockId}`));
      }
      expect(seen).toHaveLength(expected);
      expect(new Set(seen).size).toBe(expected);
    });

    test.each<[string, Partial<TextQuery>, number]>([
      ['removed', { state: 'removed' }, 110],
      ['of a service', { services: ['Other'] }, Number.NaN],
      ['all', {}, Number.NaN],
    ])('in parts of what comes after a place, all can be had by date: %s', (_what, filter, expected) => {
      const seen: string[] = [];
      const newest: string[] = [];
      let after: TextQuery['after'] = 'nothing';
      while (after !== undefined) {
        const { hits, next }: TextHits = paged.search({ text: 'fee', ...filter, limit: 70, after });
        expect(hits.length).toBeGreaterThan(0);
        seen.push(...hits.map(({ serviceId, blockId }) => `${serviceId} ${blockId}`));
        after = next;
      }
      for (let offset = 0; offset < 200; offset += 100) {
        const { hits } = paged.search({ text: 'fee', ...filter, sort: 'date', limit: 100, offset });
        newest.push(...hits.map(({ serviceId, blockId }) => `${serviceId} ${blockId}`));
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.slice(0, newest.length)).toEqual(newest);
      const whole = paged.search({ text: 'fee', ...filter, limit: 1 });
      if (whole.isTotalBounded) expect(seen.length).toBeGreaterThan(1_000);
      else expect(seen).toHaveLength(whole.total);
      if (!Number.isNaN(expected)) expect(seen).toHaveLength(expected);
    });
  });

  test('words in a row come first', async () => {
    const index = textOfRows();
    index.add(
      [
        'We may terminate. Much later on, and about something else altogether, there is talk of an account again here.',
        'You can ask that we terminate account access for you, whenever you like, with a letter to our office by mail.',
      ].join('\n\n'),
    );
    await index.update();
    const [first] = index.queries().search({ text: 'terminate account', limit: 2 }).hits;
    expect(first?.text).toMatch(/^You can ask/);
  });

  test('a filter that leaves few of them finds them', () => {
    expect(found('fee', { serviceId: 'Terse' })).toHaveLength(1);
  });
});

describe('excerpts', () => {
  test('of a long block are cut around the matches', async () => {
    const index = textOfRows();
    const filler = 'and so on and so forth '.repeat(60);
    index.add(`${filler}the arbitration clause 😀 stands here ${filler}`);
    await index.update();
    const [hit] = index.queries().search({ text: 'arbitration clause', limit: 1 }).hits;
    const text = hit?.excerpt.map((piece) => piece.text).join('') ?? '';
    expect(hit?.excerpt.filter((piece) => piece.isMatch).map((piece) => piece.text)).toEqual(['arbitration', 'clause']);
    expect(text.length).toBeLessThan(360);
    expect(text).toMatch(/^… .*arbitration clause 😀.* …$/s);
    expect(text.isWellFormed()).toBe(true);
  });

  test('of a block as long as a document are short, and its text is cut', async () => {
    const index = textOfRows();
    index.add(`${'all of it on one line '.repeat(20_000)} fee`);
    await index.update();
    const [hit] = index.queries().search({ text: 'fee', limit: 1 }).hits;
    expect(hit?.text).toHaveLength(10_000);
    expect(hit?.excerpt.map((piece) => piece.text).join('').length).toBeLessThan(400);
    expect(index.queries().clause(hit?.clauseId ?? 0)?.wordings[0]?.text.length).toBeGreaterThan(400_000);
  });

  test('cannot be fooled by a text', async () => {
    const index = textOfRows();
    index.add('A <script>alert(1)</script> </b> <b> fee \u0001 \uE000 here.');
    await index.update();
    const [hit] = index.queries().search({ text: 'fee', limit: 1 }).hits;
    expect(hit?.excerpt.map((piece) => piece.text).join('')).toBe(hit?.text);
    expect(hit?.excerpt.filter((piece) => piece.isMatch)).toEqual([{ text: 'fee', isMatch: true }]);
  });
});
