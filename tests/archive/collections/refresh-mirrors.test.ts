import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { ConfiguredCollection } from '../../../archive/collections/configured-collection.ts';
import { type MirrorProgress, refreshMirrors } from '../../../archive/collections/refresh-mirrors.ts';
import { loadDeclarations } from '../../../archive/declarations/load-collection.ts';
import { acquireWriterLock } from '../../../archive/ledger/writer-lock.ts';
import { git, makeRepository } from '../../helpers/repository.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const LARKMAIL = JSON.stringify({
  name: 'Larkmail',
  terms: { 'Terms of Service': { fetch: 'https://larkmail.example/terms', select: 'body', filter: ['shout'] } },
});
const METADATA = 'id: lark\nname: Lark\ntagline: Larks\nlanguages: [en]\njurisdictions: [EU]\n';

async function mirrored(
  declarations: Readonly<Record<string, string>>,
  kind: ConfiguredCollection['kind'] = 'mirrored',
) {
  const directory = await temporaryDirectory();
  const origin = makeRepository(join(directory, 'declarations-origin'), declarations);
  const versions = makeRepository(join(directory, 'versions-origin'), { 'Larkmail/Terms of Service.md': 'One' });
  const data = join(directory, 'data', 'lark');
  const collection: ConfiguredCollection = {
    ...{ id: 'lark', name: undefined, kind, isDefault: false, schedule: undefined },
    ...{ dataDirectory: data, collectionDirectory: join(data, 'collection') },
    versionsDirectory: join(data, 'versions'),
    snapshotsDirectory: join(data, 'snapshots'),
    ledgerFile: join(data, 'ledger.sqlite'),
    indexFile: join(data, 'index.sqlite'),
    remotes: { versions: pathToFileURL(versions).href, declarations: pathToFileURL(origin).href },
  };
  return { directory, origin, versions, data, collection, checkout: join(data, 'collection') };
}

describe('refreshing mirrors', () => {
  test('fetches every part and puts the declarations where they are read', async () => {
    const { collection, checkout, data, origin } = await mirrored({
      'declarations/Larkmail.json': LARKMAIL,
      'metadata.yml': METADATA,
    });
    const progress: MirrorProgress[] = [];
    const outcomes = await refreshMirrors([collection], { onProgress: (step) => progress.push(step) });
    expect(outcomes.map(({ part, isChanged, error }) => [part, isChanged, error])).toEqual([
      ['declarations', true, undefined],
      ['versions', true, undefined],
    ]);
    expect(new Set(progress.map(({ part }) => part))).toEqual(new Set(['declarations', 'versions']));
    const { services } = await loadDeclarations(checkout, { checkFunctions: false });
    expect(services.map(({ id }) => id)).toEqual(['Larkmail']);
    expect(existsSync(join(data, 'snapshots'))).toBe(false);

    git(origin, 'mv', 'declarations/Larkmail.json', 'declarations/Larkpost.json');
    git(origin, 'commit', '--quiet', '-m', 'Renamed');
    const again = await refreshMirrors([collection]);
    expect(again.map(({ part, isChanged }) => [part, isChanged])).toEqual([
      ['declarations', true],
      ['versions', false],
    ]);
    expect(readdirSync(join(checkout, 'declarations'))).toEqual(['Larkpost.json']);
  });

  test('a part that fails is told, leaves what there was, and keeps no other from being fetched', async () => {
    const { collection, checkout, versions, data } = await mirrored({ 'declarations/Larkmail.json': LARKMAIL });
    await refreshMirrors([collection]);
    writeFileSync(join(versions, 'Larkmail/Terms of Service.md'), 'Two');
    git(versions, 'commit', '--quiet', '-am', 'Record new changes of Larkmail Terms of Service');
    const broken = { ...collection, remotes: { ...collection.remotes, declarations: 'https://127.0.0.1:1/x.git' } };
    const [declarations, records] = await refreshMirrors([broken]);
    expect(declarations?.error?.message).toMatch(/127\.0\.0\.1:1.*could not be reached/);
    expect(records?.isChanged).toBe(true);
    expect(git(join(data, 'versions'), 'show', 'main:Larkmail/Terms of Service.md')).toBe('Two');
    expect(existsSync(join(checkout, 'declarations', 'Larkmail.json'))).toBe(true);
  });

  test('a repository that is no collection replaces no declarations', async () => {
    const { collection, checkout, origin } = await mirrored({ 'declarations/Larkmail.json': LARKMAIL });
    await refreshMirrors([collection]);
    git(origin, 'rm', '-r', '--quiet', 'declarations');
    git(origin, 'commit', '--quiet', '-m', 'Gone');
    const [outcome] = await refreshMirrors([collection]);
    expect(outcome?.error?.message).toMatch(/no folder “declarations”/);
    expect(readdirSync(join(checkout, 'declarations'))).toEqual(['Larkmail.json']);
  });

  test('what a kill cut off between its two steps is put right', async () => {
    const { collection, checkout } = await mirrored({ 'declarations/Larkmail.json': LARKMAIL });
    await refreshMirrors([collection]);
    execFileSync('mv', [checkout, `${checkout}.former`]);
    const offline = { ...collection, remotes: { declarations: 'https://127.0.0.1:1/x.git' } };
    await refreshMirrors([offline]);
    expect(readdirSync(join(checkout, 'declarations'))).toEqual(['Larkmail.json']);
  });

  test('two fetchers never write to one mirror', async () => {
    const { collection, data } = await mirrored({ 'declarations/Larkmail.json': LARKMAIL });
    mkdirSync(data, { recursive: true });
    const owner = { command: 'mirror', pid: 1, host: 'elsewhere', since: new Date() };
    const lock = acquireWriterLock(join(data, 'mirror.lock'), { owner });
    const outcomes = await refreshMirrors([collection]);
    lock.release();
    expect(outcomes.map(({ error }) => error?.name)).toEqual(['LockedError', 'LockedError']);
    expect(existsSync(join(data, 'versions'))).toBe(false);
  });

  test('an abort ends it', async () => {
    const { collection } = await mirrored({ 'declarations/Larkmail.json': LARKMAIL });
    await expect(refreshMirrors([collection], { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});

describe('mirrored declarations never execute anything', () => {
  test('filter functions are not written out, other files and links neither', async () => {
    const directory = await temporaryDirectory();
    const secret = join(directory, 'secret.json');
    writeFileSync(secret, LARKMAIL);
    const { collection, checkout, origin } = await mirrored({
      'declarations/Larkmail.json': LARKMAIL,
      'declarations/Larkmail.filters.js': `console.log('imported'); export const shout = () => {};`,
      'declarations/.hidden.json': LARKMAIL,
      'declarations/sub/Inner.json': LARKMAIL,
      'config/production.json': '{}',
      'package.json': '{}',
      '.gitattributes': '* filter=evil\n',
    });
    symlinkSync(secret, join(origin, 'declarations', 'Outside.json'));
    git(origin, 'add', '--', 'declarations/Outside.json');
    git(origin, 'commit', '--quiet', '-m', 'A link that leads outside');
    await refreshMirrors([collection]);
    const files = readdirSync(checkout, { recursive: true, withFileTypes: true });
    expect(
      files
        .filter((file) => !file.isDirectory())
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['.clausewatch-commit', 'Larkmail.json']);
    expect(files.filter((file) => file.isSymbolicLink())).toEqual([]);
    const { services } = await loadDeclarations(checkout, { checkFunctions: false });
    expect(services[0]?.filtersFile).toBeUndefined();
  });

  test('a folder of declarations that is a link leads nowhere', async () => {
    const { collection, checkout, origin, directory } = await mirrored({ 'README.md': 'x' });
    mkdirSync(join(directory, 'elsewhere'));
    writeFileSync(join(directory, 'elsewhere', 'Secret.json'), LARKMAIL);
    symlinkSync(join(directory, 'elsewhere'), join(origin, 'declarations'));
    git(origin, 'add', '--', 'declarations');
    git(origin, 'commit', '--quiet', '-m', 'A link for a folder');
    const [outcome] = await refreshMirrors([collection]);
    expect(outcome?.error?.message).toMatch(/no folder “declarations”/);
    expect(existsSync(checkout)).toBe(false);
  });

  test.each([['../../escaped.json'], ['..'], ['a/../../escaped.json'], ['.git'], ['a\\b.json']])(
    'a tree with the name %j in it writes nothing outside',
    async (name) => {
      const { collection, origin, directory, checkout } = await mirrored({ 'declarations/Larkmail.json': LARKMAIL });
      const blob = git(origin, 'rev-parse', 'HEAD:declarations/Larkmail.json').trim();
      const bytes = Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.from(blob, 'hex')]);
      const hash = (type: string, input: Buffer): string =>
        execFileSync('git', ['-C', origin, 'hash-object', '--literally', '-w', '-t', type, '--stdin'], { input })
          .toString()
          .trim();
      const inner = hash('tree', bytes);
      const tree = hash('tree', Buffer.concat([Buffer.from('40000 declarations\0'), Buffer.from(inner, 'hex')]));
      git(origin, 'reset', '--quiet', '--soft', git(origin, 'commit-tree', tree, '-m', 'Hostile').trim());
      const [outcome] = await refreshMirrors([collection]);
      expect(outcome?.error?.name).toBe('MirrorError');
      expect(existsSync(checkout)).toBe(false);
      expect(readdirSync(directory, { recursive: true }).filter((file) => String(file).includes('escaped'))).toEqual(
        [],
      );
    },
  );

  test('files that are too large are left out', async () => {
    const { collection, checkout } = await mirrored({
      'declarations/Larkmail.json': LARKMAIL,
      'declarations/Huge.json': ' '.repeat(2_000_001),
    });
    await refreshMirrors([collection]);
    expect(readdirSync(join(checkout, 'declarations'))).toEqual(['Larkmail.json']);
  });

  test('the filter functions of what is tracked here are there for the tracker', async () => {
    const source = 'export const shout = () => {};';
    const { collection, checkout } = await mirrored(
      {
        'declarations/Larkmail.json': LARKMAIL,
        'declarations/Larkmail.filters.js': source,
        'config/production.json': '{}',
      },
      'tracked',
    );
    await refreshMirrors([collection]);
    expect(readFileSync(join(checkout, 'declarations', 'Larkmail.filters.js'), 'utf8')).toBe(source);
    expect(existsSync(join(checkout, 'config', 'production.json'))).toBe(true);
  });
});
