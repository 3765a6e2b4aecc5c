import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseServiceLists, unknownMembers } from '../../../archive/collections/service-lists.ts';
import { servedOfTest } from '../../helpers/served.ts';

const FILE = '/srv/lists.yml';

describe('a file of lists', () => {
  test('gives lists with their members, each once', () => {
    const { lists, faults } = parseServiceLists(
      `platforms:
  name: The platforms
  description: Chosen in January.
  members: [harbour/Larkmail, "harbour/Ferry & Sons!", harbour/Larkmail]
`,
      FILE,
    );
    expect(faults).toEqual([]);
    expect(lists).toEqual([
      {
        id: 'platforms',
        name: 'The platforms',
        description: 'Chosen in January.',
        members: [
          { collection: 'harbour', serviceId: 'Larkmail' },
          { collection: 'harbour', serviceId: 'Ferry & Sons!' },
        ],
      },
    ]);
  });

  test('may hold none', () => expect(parseServiceLists('# none yet\n', FILE)).toEqual({ lists: [], faults: [] }));

  test.each<[string, string, RegExp]>([
    ['an id that no address can hold', '"a/b": {name: A, members: [a/b]}', /small letters, digits and hyphens/],
    ['no name', 'a: {members: [a/b]}', /^a\.name: is missing/],
    ['no members', 'a: {name: A, members: []}', /^a\.members: .*at least one service/],
    ['a member without its collection', 'a: {name: A, members: [Larkmail]}', /^a\.members\[0\]: .*contrib\/Wikipedia/],
    ['a member with too many parts', 'a: {name: A, members: [a/b/c]}', /^a\.members\[0\]/],
    ['an unknown key', 'a: {name: A, member: [a/b], members: [a/b]}', /^a\.member: .*Did you mean “members”/],
    ['no YAML', 'a: [', /not YAML/],
    ['a list', '[a]', /is an array; expected keys with values/],
  ])('%s is a fault', (_name, source, expected) => {
    const { lists, faults } = parseServiceLists(source, FILE);
    expect(lists).toBeUndefined();
    expect(faults.map(({ path, message, hint }) => `${path}: ${message} ${hint}`).join('\n')).toMatch(expected);
  });

  test('members that no collection has are warnings', () => {
    const { lists = [] } = parseServiceLists('a: {name: A, members: [x/One, y/Two, x/Three]}', FILE);
    const faults = unknownMembers(lists, FILE, (id) => (id === 'x' ? new Set(['One']) : undefined));
    expect(faults.map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', 'there is no collection “y” on this server'],
      ['warning', 'the collection x has no service “Three”'],
    ]);
  });
});

describe('the lists of a server', () => {
  const lists = `ships:
  name: Ships
  members: [harbour/Larkmail, harbour/Old Harbour, lighthouse/Nobody]
`;

  test('know services that are declared or recorded, and warn of others', async () => {
    const served = await servedOfTest({ lists });
    expect(served.lists().map(({ id }) => id)).toEqual(['ships']);
    expect(served.events.filter(({ kind }) => kind === 'lists-loaded').map(({ message }) => message)).toEqual([
      expect.stringMatching(/^1 list is in /),
    ]);
    const told = served.events.filter(({ kind }) => kind === 'lists-unknown');
    expect(told.map(({ message }) => message)).toEqual([
      expect.stringContaining('ships.members: the collection lighthouse has no service “Nobody”'),
    ]);
  });

  test('follow their file, and stay where it gets faults', async () => {
    const served = await servedOfTest({ lists });
    const file = `${served.directory}/lists.yml`;
    const settle = async (): Promise<void> => {
      await served.look();
      await served.look();
    };
    writeFileSync(file, 'ships: [');
    await settle();
    expect(served.lists().map(({ name }) => name)).toEqual(['Ships']);
    expect(served.events.filter(({ kind }) => kind === 'lists-faulty')).toHaveLength(1);
    writeFileSync(file, lists.replace('name: Ships', 'name: Boats'));
    await settle();
    expect(served.lists().map(({ name }) => name)).toEqual(['Boats']);
  });

  test('of a collection whose records come later warn once these are there', async () => {
    const record = { serviceId: 'Gull', termsType: 'Imprint', date: '2024-01-01T00:00:00Z', content: '# Gull' };
    const served = await servedOfTest({
      lists: 'birds:\n  name: Birds\n  members: [late/Gull, late/Tern]\n',
      collections: [{ id: 'late', kind: 'mirrored' }],
    });
    const warnings = () => served.events.filter(({ kind }) => kind === 'lists-unknown');
    await served.look();
    expect(warnings()).toEqual([]);
    await served.record('late', [{ ...record, snapshots: [] }]);
    await served.look();
    await served.look();
    expect(warnings().map(({ faults }) => faults?.map(({ message }) => message))).toEqual([
      ['the collection late has no service “Tern”'],
    ]);
  });

  test('that cannot be read are told once, and come when they can be', async () => {
    const served = await servedOfTest({ lists });
    const file = `${served.directory}/lists.yml`;
    rmSync(file);
    mkdirSync(file);
    for (let look = 0; look < 4; look++) await served.look();
    expect(served.lists().map(({ name }) => name)).toEqual(['Ships']);
    expect(served.events.filter(({ kind }) => kind === 'lists-faulty')).toHaveLength(1);
    rmSync(file, { recursive: true });
    writeFileSync(file, lists.replace('name: Ships', 'name: Boats'));
    for (let look = 0; look < 3; look++) await served.look();
    expect(served.lists().map(({ name }) => name)).toEqual(['Boats']);
  });
});
