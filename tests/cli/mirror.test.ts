import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../archive/collections/configuration.ts';
import { clausewatch, jsonLines } from '../helpers/program.ts';
import { git, makeRepository } from '../helpers/repository.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const DECLARATION = JSON.stringify({
  name: 'Lark',
  terms: { 'Terms of Service': { fetch: 'https://lark.example/terms', select: 'body' } },
});
const METADATA = 'id: larks\nname: The Larks\ntagline: Larks\nlanguages: [en]\njurisdictions: [EU]\n';

async function scene() {
  const directory = await temporaryDirectory();
  const versions = makeRepository(join(directory, 'lark-versions'), { 'Lark/Terms of Service.md': 'One' });
  const declarations = makeRepository(join(directory, 'lark-declarations'), {
    'declarations/Lark.json': DECLARATION,
    'metadata.yml': METADATA,
  });
  const here = join(directory, 'here');
  mkdirSync(here);
  const file = join(here, 'collections.yml');
  const mirror = (...args: string[]) => clausewatch(['mirror', ...args], { cwd: here });
  const configuration = () => {
    const parsed = parseConfiguration(readFileSync(file, 'utf8'), file);
    if (!parsed.configuration) throw new Error(JSON.stringify(parsed.faults));
    return parsed.configuration;
  };
  return { directory, versions, declarations, here, file, mirror, configuration };
}

describe('clausewatch mirror', () => {
  test('fetches, makes the configuration with id and name from the metadata, and says what is next', async () => {
    const { mirror, declarations, configuration, here } = await scene();
    const said = await mirror('../lark-versions', '--declarations', pathToFileURL(declarations).href);
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(said.stdout).toMatch(/Mirrored The Larks \(larks\)/);
    expect(said.stdout).toMatch(/clausewatch serve --configuration collections\.yml/);
    expect(configuration().collections.map(({ id, isTracked }) => [id, isTracked])).toEqual([['larks', false]]);
    const data = join(here, 'data', 'mirrors');
    expect(readdirSync(data)).toEqual(['larks']);
    expect(git(join(data, 'larks', 'versions'), 'show', 'main:Lark/Terms of Service.md')).toBe('One');
    expect(existsSync(join(data, 'larks', 'collection', 'declarations', 'Lark.json'))).toBe(true);
  });

  test('asked again, it fetches what is new and changes nothing else', async () => {
    const { mirror, versions, file } = await scene();
    await mirror('../lark-versions', '--id', 'lark', '--name', 'Lark');
    const before = readFileSync(file, 'utf8');
    writeFileSync(join(versions, 'Lark/Terms of Service.md'), 'Two');
    git(versions, 'commit', '--quiet', '-am', 'Record new changes of Lark Terms of Service');
    const again = await mirror('../lark-versions', '--json');
    expect(jsonLines(again.stdout)).toEqual([
      {
        kind: 'mirror',
        id: 'lark',
        name: 'Lark',
        isNew: false,
        ownCollection: null,
        configuration: file,
        parts: [
          {
            part: 'versions',
            tip: git(versions, 'rev-parse', 'HEAD').trim(),
            isChanged: true,
            isRewritten: false,
            error: null,
          },
        ],
      },
    ]);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('a configuration with faults is left alone, and they are listed', async () => {
    const { mirror, file } = await scene();
    writeFileSync(file, 'collections:\n  a:\n    version: x\n');
    const said = await mirror('../lark-versions');
    expect(said.code).toBe(1);
    expect(said.stderr).toMatch(/has faults; correct them first/);
    expect(said.stderr).toMatch(/Did you mean “versions”/);
    expect(readFileSync(file, 'utf8')).toBe('collections:\n  a:\n    version: x\n');
  });

  test('snapshots that cannot be fetched are told, and the records are served all the same', async () => {
    const { mirror, configuration } = await scene();
    const said = await mirror('../lark-versions', '--snapshots', 'file:///nowhere/snapshots', '--json');
    expect(said.code).toBe(1);
    const [line] = jsonLines(said.stdout) as { parts: { part: string; error: string | null }[] }[];
    expect(line?.parts.map(({ part, error }) => [part, error === null])).toEqual([
      ['versions', true],
      ['snapshots', false],
    ]);
    expect(configuration().collections).toHaveLength(1);
  });
});
