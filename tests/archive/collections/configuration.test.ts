import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  RESERVED_COLLECTION_IDS,
  toCollectionId,
  whyNotCollectionId,
} from '../../../archive/collections/collection-id.ts';
import { loadConfigurationFile, parseConfiguration } from '../../../archive/collections/configuration.ts';
import { settleCollection } from '../../../archive/collections/settle-collection.ts';

const FILE = '/srv/watch/collections.yml';
const MIRROR = 'versions: https://git.example/a-versions.git';

const faultsOf = (source: string): string[] =>
  parseConfiguration(source, FILE).faults.map(({ path, message, hint }) => `${path}: ${message} (${hint})`);

describe('a configuration of several collections', () => {
  test('the example of the documentation is read, and its places are settled', () => {
    const text = readFileSync(new URL('../../../docs/collections.md', import.meta.url), 'utf8');
    const example = /```yaml\n(# Paths start[\s\S]*?)```/.exec(text)?.[1] ?? '';
    const { configuration, faults } = parseConfiguration(example, FILE);
    expect(faults).toEqual([]);
    expect(configuration?.listsFile).toBe('/srv/watch/lists.yml');
    const settled = configuration?.collections.map((entry) => settleCollection(entry, configuration.dataDirectory));
    expect(
      settled?.map(({ id, kind, isDefault, schedule, collectionDirectory, versionsDirectory, remotes }) => [
        ...[id, kind, isDefault, schedule, collectionDirectory, versionsDirectory],
        Object.values(remotes).filter(Boolean).length,
      ]),
    ).toEqual([
      ['harbour', 'tracked', true, '30 */12 * * *', '/srv/watch', '/srv/watch/data/mirrors/harbour/versions', 0],
      [
        ...['lighthouse', 'mirrored', false, '17 * * * *'],
        ...['/srv/watch/data/mirrors/lighthouse/collection', '/srv/watch/data/mirrors/lighthouse/versions', 3],
      ],
      ['old', 'mirrored', false, undefined, undefined, '/srv/old-archive/versions', 0],
    ]);
  });

  test('what is tracked is where its own settings say, unless its entry says otherwise', () => {
    const { configuration } = parseConfiguration(
      'collections: {a: {tracked: true, declarations: a, versions: ../records}}',
      FILE,
    );
    const entry = configuration?.collections[0];
    if (!entry) throw new Error('There is no entry');
    const own = (name: string): string => `/srv/a/own/${name}`;
    const settled = settleCollection(entry, '/srv/mirrors', {
      dataDirectory: '/srv/a/own',
      versionsDirectory: own('versions'),
      snapshotsDirectory: own('snapshots'),
      ledgerFile: own('ledger.sqlite'),
      indexFile: own('index.sqlite'),
      schedule: '0 3 * * *',
    });
    expect(settled).toMatchObject({
      versionsDirectory: '/srv/records',
      snapshotsDirectory: '/srv/a/own/snapshots',
      dataDirectory: '/srv/a/own',
      schedule: '0 3 * * *',
    });
  });

  test.each<[string, string, RegExp[]]>([
    ['nothing', '', [/^collections: is missing; expected keys with values/]],
    ['no collection', 'collections: {}', [/expected at least one collection/]],
    ['not YAML', 'collections: [', [/not YAML, at line 1, column/]],
    [
      'an id twice',
      `collections:\n  a:\n    ${MIRROR}\n  a:\n    ${MIRROR}`,
      [/not YAML, at line 4, column 3: .*unique/],
    ],
    ['a list of collections', 'collections: [a]', [/^collections: is an array; expected keys with values/]],
    ['an unknown key', `colections: {}\ncollections: {a: {${MIRROR}}}`, [/colections: .*Did you mean “collections”/]],
    ['an unknown key of a collection', `collections: {a: {${MIRROR}, shedule: x}}`, [/a\.shedule: .*“schedule”/]],
    ['a faulty id', `collections: {A_b: {${MIRROR}}}`, [/^collections\.A_b: .*small letters, digits and hyphens/]],
    [
      'a reserved id',
      `collections: {federation: {${MIRROR}}}`,
      [/addresses that begin with \/federation are those of the API/],
    ],
    ['a language as id', `collections: {fr: {${MIRROR}}}`, [/pages by language/]],
    ['no versions', 'collections: {a: {name: A}}', [/^collections\.a: has no versions/]],
    ['tracked without declarations', 'collections: {a: {tracked: true}}', [/is tracked, but has no declarations/]],
    [
      'tracked into an address',
      `collections: {a: {tracked: true, declarations: a, ${MIRROR}}}`,
      [/^collections\.a\.versions: is an address, but what is tracked is recorded here/],
    ],
    [
      'a faulty schedule',
      `collections: {a: {${MIRROR}, schedule: often}}`,
      [/a\.schedule: .*expected a cron expression/],
    ],
    [
      'a flag that is none',
      `collections: {a: {${MIRROR}, default: yes please}}`,
      [/a\.default: .*expected true or false/],
    ],
    [
      'two defaults',
      'collections: {a: {versions: a, default: true}, b: {versions: b, default: true}}',
      [/^collections\.b\.default: is the default, and collections\.a is too/],
    ],
    [
      'the same records twice',
      'collections: {a: {versions: https://u:pw@git.example/x.git}, b: {versions: https://git.example/x}}',
      [/^collections\.b\.versions: https:\/\/git\.example\/x is what collections\.a\.versions has already/],
    ],
    [
      'the same data twice',
      'collections: {a: {versions: a, data: d}, b: {versions: b, data: ./d/}}',
      [/^collections\.b\.data: the folder \/srv\/watch\/d is what collections\.a\.data has already/],
    ],
    ['a program as location', "collections: {a: {versions: 'ext::sh -c x'}}", [/a\.versions: /]],
    ['an option as location', 'collections: {a: {versions: --upload-pack=x}}', [/a\.versions: .*expected a path/]],
    [
      'a protocol that is open',
      'collections: {a: {versions: http://git.example/a}}',
      [/anyone on the way could change/],
    ],
    ['an address as data', 'collections: {a: {versions: a, data: https://x.example}}', [/a\.data: .*expected a path/]],
    [
      'several faults at once',
      'collections: {a: {versions: 1, schedule: x}, v1: {versions: a}}',
      [/a\.versions: is the number 1/, /a\.schedule/, /v1/],
    ],
    [
      'faults of every kind at once',
      `colections: {}
collections:
  Bad_id: {}
  a: {versions: 'ext::sh -c x', shedule: often, default: true}
  b: {tracked: true, default: true, schedule: often}
  c: {versions: a, tracked: perhaps, default: true}
  d: 3`,
      [
        /^colections: is not a known key/,
        /^collections\.Bad_id: cannot be the id/,
        /^collections\.Bad_id: has no versions/,
        /^collections\.a\.versions: is the text/,
        /^collections\.a\.shedule: is not a known key/,
        /^collections\.b: is tracked, but has no declarations/,
        /^collections\.b\.default: is the default/,
        /^collections\.b\.schedule: .*cron/,
        /^collections\.c\.tracked: .*expected true or false/,
        /^collections\.c\.default: is the default/,
        /^collections\.d: is the number 3/,
      ],
    ],
  ])('%s is a fault', (_name, source, expected) => {
    const { configuration } = parseConfiguration(source, FILE);
    expect(configuration).toBeUndefined();
    const faults = faultsOf(source);
    for (const fault of expected) expect(faults.filter((text) => fault.test(text))).toHaveLength(1);
    expect(faults.length).toBe(expected.length);
  });

  test('a schedule with nothing to fetch is a warning', () => {
    const { configuration, faults } = parseConfiguration(
      'collections: {a: {versions: a, schedule: "0 1 * * *"}}',
      FILE,
    );
    expect(configuration?.collections).toHaveLength(1);
    expect(faults.map(({ severity, path }) => [severity, path])).toEqual([['warning', 'collections.a.schedule']]);
  });

  test('no fault tells a password', () => {
    const told = faultsOf('collections: {a: {versions: "http://ada:secret@git.example/a"}}').join('\n');
    expect(told).toContain('git.example');
    expect(told).not.toMatch(/ada|secret/);
  });

  test('YAML that multiplies itself is refused', () => {
    const lines = Array.from({ length: 12 }, (_, level) => {
      const target = level === 0 ? '"x"' : Array.from({ length: 9 }, () => `*l${level - 1}`).join(', ');
      return `l${level}: &l${level} [${target}]`;
    });
    expect(faultsOf(lines.join('\n')).join('\n')).toMatch(/cannot be read/);
  });

  test('a file that is not there is a fault', async () => {
    const { configuration, faults } = await loadConfigurationFile('/nowhere/collections.yml');
    expect(configuration).toBeUndefined();
    expect(faults[0]?.message).toBe('is not there');
  });
});

describe('ids of collections', () => {
  test.each([['contrib'], ['p2b-compliance'], ['a'], ['0'], ['x'.repeat(64)]])('%s can be one', (id) =>
    expect(whyNotCollectionId(id)).toBeUndefined(),
  );

  test.each([[''], ['-a'], ['a-'], ['A'], ['a b'], ['a/b'], ['..'], ['é'], ['a.b'], ['a%2f'], ['x'.repeat(65)]])(
    '%j cannot',
    (id) => expect(whyNotCollectionId(id)).toMatch(/small letters/),
  );

  test('none that is reserved can be one, and every one has a reason', () => {
    for (const [id, purpose] of RESERVED_COLLECTION_IDS) expect(whyNotCollectionId(id)).toContain(purpose);
  });

  test.each([
    ['Contributors Collection', 'contributors-collection'],
    ['fr', 'fr-terms'],
    ['Éditeurs', 'editeurs'],
    ['日本', undefined],
    ['../../etc', 'etc'],
  ])('%j becomes %j', (text, id) => expect(toCollectionId(text)).toBe(id));
});
