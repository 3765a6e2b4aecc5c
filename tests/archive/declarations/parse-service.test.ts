import { describe, expect, test } from 'vitest';
import { parseService } from '../../../archive/declarations/parse-service.ts';
import { parseTerms } from '../../../archive/declarations/parse-terms.ts';

const PAGE = { fetch: 'https://service.example/privacy', select: 'main' };

/** A service whose terms “Privacy Policy” are declared so. */
const withTerms = (declaration: unknown): unknown => ({ name: 'Example', terms: { 'Privacy Policy': declaration } });

const faultsOf = (json: unknown): string[] =>
  parseService('Example', json).faults.map(
    ({ path, message, severity }) => `${severity === 'warning' ? 'warning ' : ''}${path}: ${message}`,
  );

const P = 'terms["Privacy Policy"]';

describe('what is declared', () => {
  test('single, with every key', () => {
    const { service, faults } = parseService('Example', {
      name: 'Example',
      importedFrom: 'https://elsewhere.example/rules.xml',
      terms: {
        'Privacy Policy': {
          fetch: 'https://service.example/privacy.html',
          select: ['main', { startBefore: '#first', endAfter: '#last' }],
          remove: '.banner',
          filter: ['tidy', { removeQueryParams: ['utm_source'] }],
          executeClientScripts: false,
        },
      },
    });
    expect(faults).toEqual([]);
    expect(service).toEqual({
      id: 'Example',
      name: 'Example',
      terms: [
        {
          serviceId: 'Example',
          type: 'Privacy Policy',
          validUntil: undefined,
          sourceDocuments: [
            {
              id: 'privacy',
              location: 'https://service.example/privacy.html',
              select: ['main', { startBefore: '#first', endAfter: '#last' }],
              remove: '.banner',
              filter: ['tidy', { removeQueryParams: ['utm_source'] }],
              executeClientScripts: false,
            },
          ],
        },
      ],
      history: new Map(),
      filtersFile: undefined,
      filtersHistoryFile: undefined,
    });
  });

  test('combined: a member’s own value wins over the shared one, also an empty or false one', () => {
    const { sourceDocuments } = parseTerms('Example', 'Privacy Policy', {
      combine: [
        { fetch: 'https://service.example/a' },
        { fetch: 'https://service.example/b', select: 'article', remove: [], filter: [], executeClientScripts: false },
      ],
      select: 'main',
      remove: 'nav',
      filter: ['tidy'],
      executeClientScripts: true,
    });
    expect(sourceDocuments.map(({ location, ...treatment }) => treatment)).toEqual([
      { id: 'a', select: 'main', remove: 'nav', filter: ['tidy'], executeClientScripts: true },
      { id: 'b', select: 'article', remove: [], filter: [], executeClientScripts: false },
    ]);
  });

  test.each(['https://service.example/terms.pdf', 'http://service.example/Terms.PDF?version=3'])('PDF %s', (fetch) => {
    expect(faultsOf(withTerms({ fetch }))).toEqual([]);
    expect(parseTerms('Example', 'Privacy Policy', { fetch }).sourceDocuments[0]?.select).toBeUndefined();
  });

  test('a service without any terms left is one that is no longer tracked', () => {
    expect(faultsOf({ name: 'Example', terms: {} })).toEqual([]);
  });
});

describe('every fault is named with its place', () => {
  test.each<[string, unknown, string[]]>([
    ['not an object', ['x'], [': is an array; expected an object']],
    [
      'name and terms missing',
      {},
      [
        'name: is missing; expected the name of the service',
        'terms: is missing; expected an object from terms types to declarations',
      ],
    ],
    [
      'unknown keys',
      { name: ' ', terms: {}, documents: {}, importedFrom: 3 },
      [
        'documents: is not a known key; expected name, terms, importedFrom',
        'name: is the text " "; expected the name of the service',
        'importedFrom: is the number 3; expected an address',
      ],
    ],
    [
      'unknown terms type',
      { name: 'E', terms: { 'Privacy policy': PAGE } },
      ['terms["Privacy policy"]: “Privacy policy” is not a terms type'],
    ],
    ['terms not an object', withTerms('main'), [`${P}: is the text "main"; expected an object`]],
    [
      'all at once in one declaration',
      withTerms({
        fetch: 'ftp://service.example/x',
        select: 3,
        remvoe: 'nav',
        filter: 'tidy',
        executeClientScripts: 'yes',
      }),
      [
        `${P}.remvoe: is not a known key; expected fetch, select, remove, filter, executeClientScripts`,
        `${P}.fetch: "ftp://service.example/x" is not an address that starts with http:// or https://`,
        `${P}.select: is the number 3; expected a CSS selector, a range, or an array of them`,
        `${P}.filter: is the text "tidy"; expected an array of filters`,
        `${P}.executeClientScripts: is the text "yes"; expected true or false`,
      ],
    ],
    ['nothing to fetch', withTerms({ select: 'main' }), [`${P}.fetch: is missing; expected an address`]],
    ['address of no kind', withTerms({ ...PAGE, fetch: 7 }), [`${P}.fetch: is the number 7; expected an address`]],
    [
      'relative address',
      withTerms({ ...PAGE, fetch: '/privacy' }),
      [`${P}.fetch: "/privacy" is not an address that starts with http:// or https://`],
    ],
    [
      'address with blanks around',
      withTerms({ ...PAGE, fetch: ' https://service.example/ ' }),
      [`${P}.fetch: " https://service.example/ " is not an address that starts with http:// or https://`],
    ],
    [
      'address with a NUL',
      withTerms({ ...PAGE, fetch: 'https://service.example/%00' }),
      [`${P}.fetch: has a control character in its path, which no file name can hold`],
    ],
    ['nothing to select', withTerms({ fetch: PAGE.fetch }), [`${P}.select: is missing; expected a selector`]],
    ['empty select', withTerms({ ...PAGE, select: [] }), [`${P}.select: is empty; expected at least one selector`]],
    [
      'empty selector',
      withTerms({ ...PAGE, select: ['main', ''] }),
      [`${P}.select[1]: is an empty text; expected a CSS selector`],
    ],
    [
      'selector that does not parse',
      withTerms({ ...PAGE, remove: ['nav', 'a['] }),
      [`${P}.remove[1]: "a[" is not a valid CSS selector`],
    ],
    [
      'unknown pseudo-class',
      withTerms({ ...PAGE, select: 'p:frist-child' }),
      [`${P}.select: "p:frist-child" is not a valid CSS selector`],
    ],
    [
      'range without a start and with two ends',
      withTerms({ ...PAGE, select: { endBefore: '#a', endAfter: '#b' } }),
      [
        `${P}.select: a range has exactly one start, startBefore or startAfter; this one has none`,
        `${P}.select: a range has exactly one end, endBefore or endAfter; this one has both`,
      ],
    ],
    [
      'range with an unknown key and values of another kind',
      withTerms({ ...PAGE, remove: [{ startBefore: 1, endBefore: 'b[', until: 'x' }] }),
      [
        `${P}.remove[0].startBefore: is the number 1; expected a CSS selector`,
        `${P}.remove[0].endBefore: "b[" is not a valid CSS selector`,
        `${P}.remove[0].until: is not a key of a range; expected startBefore, startAfter, endBefore, endAfter`,
      ],
    ],
    [
      'filters of other kinds',
      withTerms({ ...PAGE, filter: ['', { a: 1, b: 2 }, null, {}] }),
      [
        `${P}.filter[0]: is the text ""; expected a function's name or an object with one key, that name`,
        `${P}.filter[1]: is an object with 2 keys; expected a function's name or an object with one key, that name`,
        `${P}.filter[2]: is null; expected a function's name or an object with one key, that name`,
        `${P}.filter[3]: is an object with 0 keys; expected a function's name or an object with one key, that name`,
      ],
    ],
    [
      'PDF with a selector',
      withTerms({ fetch: 'https://service.example/a.pdf', select: 'main' }),
      [`warning ${P}.select: is not used where a PDF is fetched, as the location says`],
    ],
    [
      'combine of another kind',
      withTerms({ combine: PAGE }),
      [`${P}.combine: is an object; expected an array of source documents`],
    ],
    ['empty combine', withTerms({ combine: [] }), [`${P}.combine: is empty; expected an array of source documents`]],
    [
      'combine beside fetch, faulty members',
      withTerms({
        fetch: PAGE.fetch,
        combine: [PAGE, 'x', { fetch: 'https://service.example/other' }, { select: 'a>' }],
      }),
      [
        `${P}.fetch: is not a known key; expected combine, select, remove, filter, executeClientScripts`,
        `${P}.combine[1]: is the text "x"; expected an object`,
        `${P}.combine[2].select: is missing; expected a selector, here or shared beside "combine"`,
        `${P}.combine[3].fetch: is missing; expected an address`,
        `${P}.combine[3].select: "a>" is not a valid CSS selector`,
      ],
    ],
    [
      'the same location twice',
      withTerms({ combine: [PAGE, { ...PAGE, fetch: 'https://service.example/other' }, PAGE] }),
      [`${P}.combine[2].fetch: is the same location as that of ${P}.combine[0]`],
    ],
    [
      'two locations with one document id',
      withTerms({ combine: [PAGE, { ...PAGE, fetch: 'https://help.service.example/privacy?lang=en' }] }),
      [
        `${P}.combine[1].fetch: has the same document id “privacy” as ${P}.combine[0], so that both are recorded in one file, in turn`,
      ],
    ],
  ])('%s', (_, json, expected) => {
    expect(faultsOf(json)).toEqual(expected);
  });

  test('each with what to do', () => {
    const { faults } = parseService('Example', { nmae: 'x', terms: { 'Privacy policy': { fetch: 'x', selct: 'y' } } });
    expect(faults.map(({ hint }) => hint)).toEqual([
      'Did you mean "name"?',
      'Add the name that the service gives itself.',
      'Did you mean “Privacy Policy”?',
      'Did you mean "select"?',
      'Give the whole address, such as "https://service.example/terms".',
    ]);
  });
});

describe('what is still tracked', () => {
  test('good terms beside bad ones', () => {
    const { service } = parseService('Example', {
      terms: { 'Privacy Policy': { fetch: 'nowhere' }, 'Terms of Service': PAGE },
    });
    expect(service?.name).toBe('Example');
    expect(service?.terms.map(({ type }) => type)).toEqual(['Terms of Service']);
  });

  test.each<[string, unknown]>([
    ['the same location twice', { combine: [PAGE, PAGE] }],
    ['an unknown key', { ...PAGE, note: 'x' }],
    ['a selector that may be invalid', { ...PAGE, remove: ['p:contains("x")'] }],
  ])('as by OTA: %s', (_, declaration) => {
    const { service, faults } = parseService('Example', withTerms(declaration));
    expect(faults).not.toEqual([]);
    expect(service?.terms).toHaveLength(1);
  });

  test('a terms type of a newer list, but none that is no file name', () => {
    const { service, faults } = parseService('Example', {
      name: 'Example',
      terms: { 'Robot Policy': PAGE, '../../escape': PAGE, 'Terms #1': PAGE },
    });
    expect(service?.terms.map(({ type }) => type)).toEqual(['Robot Policy']);
    expect(faults).toHaveLength(3);
  });

  test('parseTerms says all that is wrong', () => {
    expect(() => parseTerms('Example', 'Privacy Policy', { fetch: 1, filter: 2 })).toThrow(
      'The declaration of Example Privacy Policy cannot be used:\n' +
        '  fetch is the number 1; expected an address\n' +
        '  filter is the number 2; expected an array of filters',
    );
  });
});
