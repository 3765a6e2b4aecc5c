import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type AddedMirror, addMirror } from '../../../archive/collections/add-mirror.ts';
import { type CollectionsConfiguration, parseConfiguration } from '../../../archive/collections/configuration.ts';
import { nameInAddress, withEntry } from '../../../archive/collections/edit-configuration.ts';
import type { AddMirrorError, MirrorRequest } from '../../../archive/collections/mirror-entry.ts';
import { makeRepository } from '../../helpers/repository.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const DECLARATION = JSON.stringify({
  name: 'Lark',
  terms: { 'Terms of Service': { fetch: 'https://lark.example/terms', select: 'body' } },
});
const METADATA = 'id: larks\nname: The Larks\ntagline: Larks\nlanguages: [en]\njurisdictions: [EU]\n';

async function scene() {
  const directory = await temporaryDirectory();
  const url = (name: string, files: Readonly<Record<string, string>>): string =>
    pathToFileURL(makeRepository(join(directory, name), files)).href;
  const versions = url('lark-versions', { 'Lark/Terms of Service.md': 'One' });
  const declarations = url('lark-declarations', { 'declarations/Lark.json': DECLARATION, 'metadata.yml': METADATA });
  const here = join(directory, 'here');
  mkdirSync(here);
  const file = join(here, 'collections.yml');
  return {
    ...{ directory, here, file, versions, declarations, url },
    mirrors: join(here, 'data', 'mirrors'),
    add: (request: Partial<MirrorRequest> = {}): Promise<AddedMirror> => addMirror({ file, versions, ...request }),
    text: () => readFileSync(file, 'utf8'),
    configuration(): CollectionsConfiguration {
      const parsed = parseConfiguration(readFileSync(file, 'utf8'), file);
      if (!parsed.configuration) throw new Error(JSON.stringify(parsed.faults));
      return parsed.configuration;
    },
  };
}

const failure = (adding: Promise<unknown>): Promise<string> =>
  adding.then(
    () => {
      throw new Error('It was added');
    },
    (error: AddMirrorError) => [error.message, ...(error.faults ?? []).map(({ message }) => message)].join('\n'),
  );

describe('adding a mirror', () => {
  test('takes its id from the declarations, or else from the address', async () => {
    const { add, declarations, configuration, url } = await scene();
    expect(await add({ declarations })).toMatchObject({ id: 'larks', name: 'The Larks', isNew: true });
    const other = url('Gull-versions', { 'Gull/Imprint.md': 'Gull' });
    expect(await add({ versions: other, name: 'Gulls' })).toMatchObject({ id: 'gull', name: 'Gulls' });
    expect(configuration().collections.map(({ id }) => id)).toEqual(['larks', 'gull']);
  });

  test('declarations in a folder are read where they are', async () => {
    const { add, directory, mirrors } = await scene();
    const folder = join(directory, 'lark-declarations');
    const added = await add({ declarations: folder });
    expect([added.id, added.outcomes.map(({ part }) => part)]).toEqual(['larks', ['versions']]);
    expect(readdirSync(join(mirrors, 'larks')).sort()).toEqual(['mirror.lock', 'versions']);
  });

  test('declarations can be added later; comments and order stay', async () => {
    const { add, file, declarations, configuration, versions, text } = await scene();
    writeFileSync(
      file,
      `# Ours\ncollections:\n  # the first\n  old:\n    versions: ../old # not ours\n  lark:\n    # fetched\n    versions: ${versions}\n`,
    );
    expect(await add({ declarations })).toMatchObject({ id: 'lark', isNew: false });
    expect(text()).toBe(
      `# Ours\ncollections:\n  # the first\n  old:\n    versions: ../old # not ours\n  lark:\n    # fetched\n    versions: ${versions}\n    declarations: ${declarations}\n`,
    );
    expect(configuration().collections).toHaveLength(2);
  });

  test('the file keeps its permissions, also through a link', async () => {
    const { add, file, here, versions, declarations } = await scene();
    const real = join(here, 'real.yml');
    writeFileSync(real, `collections:\n  lark:\n    versions: ${versions}\n`);
    chmodSync(real, 0o640);
    symlinkSync(real, file);
    await add({ declarations });
    expect(statSync(real).mode & 0o777).toBe(0o640);
    expect(readFileSync(real, 'utf8')).toContain(declarations);
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
  });

  test('what a killed one left is removed after a day', async () => {
    const { add, mirrors, declarations } = await scene();
    const [old, fresh] = [join(mirrors, '.new-old'), join(mirrors, '.new-fresh')];
    for (const folder of [old, fresh]) mkdirSync(folder, { recursive: true });
    utimesSync(old, new Date(0), new Date(0));
    await add({ declarations });
    expect(readdirSync(mirrors).sort()).toEqual(['.new-fresh', 'larks']);
  });

  test('a new configuration begins with the collection in the same folder', async () => {
    const { add, here, configuration } = await scene();
    mkdirSync(join(here, 'declarations'));
    writeFileSync(join(here, 'metadata.yml'), METADATA.replace('id: larks', 'id: Own'));
    expect(await add()).toMatchObject({ id: 'lark', ownCollection: 'own' });
    expect(configuration().collections.map(({ id, isTracked, isDefault }) => [id, isTracked, isDefault])).toEqual([
      ['own', true, true],
      ['lark', false, false],
    ]);
    expect((await add()).ownCollection).toBeUndefined();
  });

  test.each<[string, (facts: Awaited<ReturnType<typeof scene>>) => Partial<MirrorRequest>, RegExp]>([
    ['a repository that is not there', () => ({ versions: 'file:///nowhere/x' }), /nowhere.*(not a git|not found)/],
    ['a program as address', () => ({ versions: 'ext::sh' }), /would have git start a program/],
    ['an option as address', () => ({ versions: '--upload-pack=x' }), /expected a path, or an address/],
    ['an unsafe protocol', () => ({ versions: 'http://git.example/a' }), /anyone on the way/],
    ['a reserved id', () => ({ id: 'api' }), /addresses that begin with \/api/],
    ['an id that leads outside', () => ({ id: '../../x' }), /small letters/],
    ['a faulty schedule', () => ({ schedule: 'often' }), /cron expression/],
    ['declarations that are not there', () => ({ declarations: 'file:///nowhere/x' }), /nowhere/],
    ['declarations that are none', ({ versions }) => ({ declarations: versions }), /no folder “declarations”/],
    ['snapshots that would run a program', () => ({ snapshots: 'ext::sh' }), /would have git start a program/],
  ])('%s is refused, and nothing is left behind', async (_name, request, message) => {
    const facts = await scene();
    expect(await failure(facts.add(request(facts)))).toMatch(message);
    expect(existsSync(facts.file)).toBe(false);
    expect(existsSync(facts.mirrors) ? readdirSync(facts.mirrors) : []).toEqual([]);
  });

  test('an id, address or part that is taken is named, and the configuration stays', async () => {
    const { add, directory, url, text, declarations } = await scene();
    await add({ id: 'lark', declarations });
    const before = text();
    const other = url('other-versions', { 'Gull/Imprint.md': 'Gull' });
    expect(await failure(add({ versions: other, id: 'lark' }))).toMatch(/“lark” is the mirror of .*lark-versions/);
    expect(await failure(add({ id: 'lark2' }))).toMatch(/is mirrored as “lark” already/);
    expect(await failure(add({ declarations: directory }))).toMatch(/“lark” has other declarations/);
    expect(text()).toBe(before);
    expect(await add({ declarations })).toMatchObject({ isNew: false });
    expect(text()).toBe(before);
  });
});

test.each([
  ['https://git.example/org/contrib-versions.git', 'contrib'],
  ['https://git.example/org/contrib-versions/', 'contrib'],
  ['git@git.example:org/pga.git', 'pga'],
  ['file:///srv/demo_versions.bundle', 'demo'],
  ['https://git.example/%C3%A9diteurs', 'éditeurs'],
  ['https://git.example/%', '%'],
])('the name in %s is %s', (url, name) => expect(nameInAddress(url)).toBe(name));

test('long addresses are not broken into lines', () => {
  const versions = `https://git.example/${'long/'.repeat(40)}a.git`;
  expect(withEntry(undefined, 'a', { versions })).toContain(`versions: ${versions}\n`);
});
