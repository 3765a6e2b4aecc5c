import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { CollectionEvent } from '../../../archive/collections/collection-event.ts';
import { watchDeclarations } from '../../../archive/collections/watched-declarations.ts';
import { git, makeRepository } from '../../helpers/repository.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const declaration = (name: string, ...types: string[]): string =>
  JSON.stringify({
    name,
    terms: Object.fromEntries(
      (types.length > 0 ? types : ['Terms of Service']).map((type, place) => [
        type,
        { fetch: `https://${name.toLowerCase()}.example/${place}`, select: 'body' },
      ]),
    ),
  });
const METADATA = 'id: lark\nname: Lark\ntagline: Larks\nlanguages: [en]\njurisdictions: [EU]\n';

/** @param every an hour by default: the tests look themselves. */
async function watched(files: Readonly<Record<string, string>>, every = 3_600_000) {
  const folder = await temporaryDirectory();
  const write = (file: string, content: string): void => {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), content);
  };
  for (const [file, content] of Object.entries(files)) write(file, content);
  const events: Omit<CollectionEvent, 'collection'>[] = [];
  const declarations = await watchDeclarations(folder, { tell: (event) => events.push(event), every });
  onTestFinished(() => declarations.close());
  const told = (kind: CollectionEvent['kind']): string[] =>
    events.filter((event) => event.kind === kind).map(({ message }) => message);
  const settle = async (): Promise<void> => {
    await declarations.look();
    await declarations.look();
  };
  return { folder, write, declarations, told, settle, names: () => declarations.services().map(({ name }) => name) };
}

test('what comes, changes and goes is taken in; what stays is the same', async () => {
  const { folder, write, declarations, settle, names } = await watched({
    'declarations/Lark.json': declaration('Lark'),
    'declarations/Gull.json': declaration('Gull'),
    'metadata.yml': METADATA,
  });
  expect(names()).toEqual(['Gull', 'Lark']);
  const [gull] = declarations.services();
  const before = declarations.services();
  await settle();
  expect(declarations.services()).toBe(before);

  write('declarations/Lark.json', declaration('Larkmail'));
  write('declarations/Tern.json', declaration('Tern'));
  write('metadata.yml', METADATA.replace('name: Lark', 'name: Larks'));
  await settle();
  expect(names()).toEqual(['Gull', 'Larkmail', 'Tern']);
  expect(declarations.services()[0]).toBe(gull);
  expect(declarations.metadata()?.name).toBe('Larks');

  rmSync(join(folder, 'declarations', 'Gull.json'));
  rmSync(join(folder, 'metadata.yml'));
  await settle();
  expect(names()).toEqual(['Larkmail', 'Tern']);
  expect(declarations.metadata()).toBeUndefined();
});

test('the history of a declaration belongs to it', async () => {
  const { write, declarations, settle } = await watched({ 'declarations/Lark.json': declaration('Lark') });
  const former = { fetch: 'https://lark.example/old', select: 'p', validUntil: '2020-01-01T00:00:00Z' };
  write('declarations/Lark.history.json', JSON.stringify({ 'Terms of Service': [former] }));
  await settle();
  expect(declarations.services()[0]?.history.get('Terms of Service')).toHaveLength(1);
});

test.each([
  ['no JSON', '{"name": "Lark", "terms": {'],
  ['an empty file', ''],
  ['no name', '{"terms": {}}'],
])('a file with %s leaves in force what it declared, and is told', async (_name, broken) => {
  const { write, settle, names, told } = await watched({
    'declarations/Lark.json': declaration('Lark', 'Terms of Service', 'Privacy Policy'),
    'declarations/Gull.json': declaration('Gull'),
  });
  write('declarations/Lark.json', broken);
  write('declarations/Gull.json', declaration('Gullnet'));
  await settle();
  expect(names()).toEqual(['Gullnet', 'Lark']);
  expect(told('declarations-faulty').at(-1)).toMatch(/declarations\/Lark\.json.*validate/);
  write('declarations/Lark.json', `${broken} `);
  await settle();
  expect(names()).toEqual(['Gullnet', 'Lark']);
  write('declarations/Lark.json', declaration('Larkpost'));
  await settle();
  expect(names()).toEqual(['Gullnet', 'Larkpost']);
});

test('terms with a fault stay as they were, their neighbours change', async () => {
  const { write, settle, declarations } = await watched({
    'declarations/Lark.json': declaration('Lark', 'Terms of Service', 'Privacy Policy', 'Imprint'),
  });
  const locations = (): [string, string | undefined][] | undefined =>
    declarations.services()[0]?.terms.map(({ type, sourceDocuments }) => [type, sourceDocuments[0]?.location]);
  const changed = {
    'Terms of Service': { fetch: 'no address', select: 'body' },
    'Privacy Policy': { fetch: 'https://lark.example/new', select: 'body' },
  };
  write('declarations/Lark.json', JSON.stringify({ name: 'Lark', terms: changed }));
  await settle();
  expect(locations()).toEqual([
    ['Privacy Policy', 'https://lark.example/new'],
    ['Terms of Service', 'https://lark.example/0'],
  ]);
});

test('a faulty history leaves the former one', async () => {
  const former = { fetch: 'https://lark.example/old', select: 'p', validUntil: '2020-01-01T00:00:00Z' };
  const { write, settle, declarations } = await watched({
    'declarations/Lark.json': declaration('Lark'),
    'declarations/Lark.history.json': JSON.stringify({ 'Terms of Service': [former] }),
  });
  write('declarations/Lark.history.json', '{');
  write('declarations/Lark.json', declaration('Larkmail'));
  await settle();
  expect(declarations.services()[0]).toMatchObject({ name: 'Larkmail' });
  expect(declarations.services()[0]?.history.get('Terms of Service')).toHaveLength(1);
});

test('a fault with which terms are tracked all the same keeps nothing back', async () => {
  const { write, settle, declarations } = await watched({ 'declarations/Lark.json': declaration('Lark') });
  write('declarations/Lark.json', declaration('Larkmail', 'Terms of Larks'));
  await settle();
  const [service] = declarations.services();
  expect([service?.name, service?.terms.map(({ type }) => type)]).toEqual(['Larkmail', ['Terms of Larks']]);
});

test('faulty metadata leaves the former in force', async () => {
  const { write, settle, declarations, told } = await watched({
    'declarations/Lark.json': declaration('Lark'),
    'metadata.yml': METADATA,
  });
  write('metadata.yml', 'name: [');
  await settle();
  expect(declarations.metadata()?.name).toBe('Lark');
  expect(told('declarations-faulty').at(-1)).toContain('metadata.yml');
});

test('a file that is replaced, as editors do, is read anew although nothing but its inode tells', async () => {
  const { folder, write, settle, names } = await watched({ 'declarations/Lark.json': declaration('Lark') });
  write('declarations/.Lark.json.swp', declaration('Tern'));
  renameSync(join(folder, 'declarations', '.Lark.json.swp'), join(folder, 'declarations', 'Lark.json'));
  await settle();
  expect(names()).toEqual(['Tern']);
});

test('nothing is taken in while files are still changing', async () => {
  const { write, declarations, names } = await watched({ 'declarations/Lark.json': declaration('Lark') });
  write('declarations/Lark.json', declaration('Larkmail'));
  await declarations.look();
  write('declarations/Gull.json', declaration('Gull'));
  await declarations.look();
  expect(names()).toEqual(['Lark']);
  await declarations.look();
  expect(names()).toEqual(['Gull', 'Larkmail']);
});

test('files that never come to rest are taken in all the same', async () => {
  const { write, declarations, names } = await watched({ 'declarations/Lark.json': declaration('Lark') });
  for (let look = 0; look < 10; look++) {
    write('declarations/Lark.json', declaration(`Lark${look}`));
    await declarations.look();
  }
  expect(names()).toEqual(['Lark9']);
});

test('a folder that is gone for a moment changes nothing; one that stays away is told, once', async () => {
  const { folder, declarations, names, told } = await watched({ 'declarations/Lark.json': declaration('Lark') });
  const [at, aside] = [join(folder, 'declarations'), join(folder, 'aside')];
  renameSync(at, aside);
  await declarations.look();
  renameSync(aside, at);
  await declarations.look();
  expect(told('declarations-missing')).toEqual([]);
  renameSync(at, aside);
  for (let look = 0; look < 4; look++) await declarations.look();
  expect(told('declarations-missing')).toHaveLength(1);
  expect(names()).toEqual(['Lark']);
  mkdirSync(at);
  writeFileSync(join(at, 'Gull.json'), declaration('Gull'));
  await declarations.look();
  await declarations.look();
  expect(names()).toEqual(['Gull']);
});

test('declarations that come later, as those of a mirror that is still fetched', async () => {
  const { write, settle, names, told } = await watched({});
  expect(names()).toEqual([]);
  await settle();
  expect(told('declarations-missing')).toEqual([]);
  write('declarations/Lark.json', declaration('Lark'));
  await settle();
  expect(names()).toEqual(['Lark']);
});

test('a pull with git is taken in as a whole', async () => {
  const folder = await temporaryDirectory();
  const files = Object.fromEntries(
    Array.from({ length: 20 }, (_, place) => [`declarations/S${place}.json`, declaration(`Old${place}`)]),
  );
  const origin = makeRepository(join(folder, 'origin'), { 'declarations/First.json': declaration('First') });
  git(folder, 'clone', '--quiet', origin, 'clone');
  for (const [file, content] of Object.entries(files)) writeFileSync(join(origin, file), content);
  git(origin, 'rm', '--quiet', 'declarations/First.json');
  git(origin, 'add', '--all');
  git(origin, 'commit', '--quiet', '-m', 'Others');
  const declarations = await watchDeclarations(join(folder, 'clone'), { tell: () => {}, every: 10 });
  onTestFinished(() => declarations.close());
  const seen = new Set<number>();
  git(join(folder, 'clone'), 'pull', '--quiet');
  for (let look = 0; look < 200 && declarations.services().length < 20; look++) {
    seen.add(declarations.services().length);
    await wait(10);
  }
  expect(declarations.services()).toHaveLength(20);
  expect(seen).toEqual(new Set([1]));
});

test('it looks by itself, and no more once closed', async () => {
  const { write, declarations, names } = await watched({ 'declarations/Lark.json': declaration('Lark') }, 10);
  write('declarations/Lark.json', declaration('Larkmail'));
  for (let look = 0; look < 300 && names()[0] === 'Lark'; look++) await wait(10);
  expect(names()).toEqual(['Larkmail']);
  await declarations.close();
  write('declarations/Lark.json', declaration('Larkpost'));
  await wait(60);
  await declarations.look();
  expect(names()).toEqual(['Larkmail']);
});

test('filter functions are never imported', async () => {
  const marker = 'clausewatchFiltersWereImported';
  const { settle, write } = await watched({
    'declarations/Lark.json': declaration('Lark'),
    'declarations/Lark.filters.js': `globalThis.${marker} = true; export const shout = () => {};`,
  });
  write('declarations/Lark.json', declaration('Larkmail'));
  await settle();
  expect(marker in globalThis).toBe(false);
});

test('domains.yml is followed; lines without faults count, and a file that is no YAML changes nothing', async () => {
  const { declarations, write, settle, told } = await watched({
    'declarations/Lark.json': declaration('Lark'),
    'domains.yml': 'lark.example: Lark\n',
  });
  const domains = () => [...declarations.domains()].map(([domain, services]) => `${domain} ${services.join()}`);
  expect(domains()).toEqual(['lark.example Lark']);
  const before = declarations.domains();
  await settle();
  expect(declarations.domains()).toBe(before);
  write('domains.yml', 'lark.example: Lark\nlark.test: [Lark, Gone]\ncom: Lark\n');
  await settle();
  expect(domains()).toEqual(['lark.example Lark', 'lark.test Lark,Gone']);
  expect(told('declarations-faulty').at(-1)).toContain('domains.yml');
  write('domains.yml', 'lark.example: [');
  await settle();
  expect(domains()).toEqual(['lark.example Lark', 'lark.test Lark,Gone']);
  write('declarations/Gull.json', declaration('Gull'));
  await settle();
  expect(domains()).toEqual(['lark.example Lark', 'lark.test Lark,Gone']);
});
