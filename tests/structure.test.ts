import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loosePins, resolvedHosts, tiedToMachine } from './helpers/structure/committed-text.ts';
import { barrels, cycles, folderCycles, unresolved } from './helpers/structure/imports.ts';
import type { SourceFile } from './helpers/structure/source-file.ts';
import { codeAmongDeclarations, longFiles, namelessFolders, strayEntries } from './helpers/structure/tree.ts';
import { acrossWalls, outsideRooms } from './helpers/structure/walls.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(`${root}/${path}`, 'utf8');
const paths = execFileSync('git', ['ls-files', '-z', '--deduplicate', '--cached'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((path) => path !== '' && exists(path));
const code: SourceFile[] = paths
  .filter((path) => /^(archive|crawler|server|cli|extension|scripts|tests)\/.*\.(ts|mjs)$/.test(path))
  // Fixtures may be anything; this file's own imports stand amid those that it plants.
  .filter((path) => !path.startsWith('tests/fixtures/') && path !== 'tests/structure.test.ts')
  .map((path) => ({ path, text: read(path) }));
const texts: SourceFile[] = paths
  .filter((path) => /\.(ts|mjs|js|json|md|ya?ml|html|sh)$|^\.|^Dockerfile|^\.ci\//.test(path))
  .map((path) => ({ path, text: read(path) }));

function exists(path: string): boolean {
  try {
    read(path);
    return true;
  } catch {
    return false;
  }
}

const thisMachine = [root.replace(/\/$/, ''), registryHost()].filter((text) => text.length > 6);

/** The host that npm installs from, as npm tells its scripts. */
function registryHost(): string {
  const address = process.env.npm_config_registry ?? '';
  return URL.canParse(address) ? new URL(address).host : '';
}

test('the files of the repository are there to be judged', () => {
  expect(code.length).toBeGreaterThan(100);
});

describe('the walls', () => {
  test('folders import only what they may', () => expect(acrossWalls(code)).toEqual([]));
  test('git, SQLite, Puppeteer and the environment are touched in their rooms only', () =>
    expect(outsideRooms(code)).toEqual([]));
  test('no import cycles', () => expect(cycles(code)).toEqual([]));
  test('no cycles between the folders of archive/, by types neither', () => expect(folderCycles(code)).toEqual([]));
  test('relative imports name an existing file with its ending', () =>
    expect(unresolved(code, new Set(paths))).toEqual([]));
  test('no barrels', () => expect(barrels(code)).toEqual([]));
});

describe('the tree', () => {
  test('nothing new at the top', () => expect(strayEntries(paths)).toEqual([]));
  test('folders are named for what they hold', () => expect(namelessFolders(paths)).toEqual([]));
  test('declarations are data', () => expect(codeAmongDeclarations(paths)).toEqual([]));
  test('no file of the program is longer than 250 lines', () => expect(longFiles(code)).toEqual([]));
});

describe('what is committed', () => {
  test('names no path of a machine and no registry', () => expect(tiedToMachine(texts, thisMachine)).toEqual([]));
  test('pins every dependency', () => expect(loosePins(read('package.json'))).toEqual([]));
  test('has a lockfile without hosts', () => expect(resolvedHosts(read('package-lock.json'))).toEqual([]));
});

// Each rule finds a fault that is planted, and leaves its harmless neighbour alone.
describe('planted faults', () => {
  const file = (path: string, text: string): SourceFile => ({ path, text });
  // In pieces, so that this file does not itself hold what it plants.
  const path = ['', 'home', 'ada', 'clone'].join('/');
  const registry = ['registry', 'npmjs', 'org'].join('.');
  const env = ['process', 'env'].join('.');

  test.each<[string, string, string]>([
    ['archive', 'archive/a.ts', "import { x } from '../crawler/x.ts';"],
    ['archive by types', 'archive/a.ts', "import type { X } from '../crawler/x.ts';"],
    ['archive by export', 'archive/a.ts', "export { x } from '../cli/x.ts';"],
    ['crawler', 'crawler/fetch/a.ts', "import {\n  x,\n} from '../../server/x.ts';"],
    ['crawler, dynamic', 'crawler/a.ts', "const x = await import('../cli/x.ts');"],
    ['crawler, worker', 'crawler/a.ts', "new Worker(new URL('../server/x.ts', import.meta.url))"],
    ['server', 'server/a.ts', "import '../crawler/x.ts';"],
    ['extension', 'extension/a.ts', "import { x } from '../server/api/app.ts';"],
    ['cli', 'cli/a.ts', "import { x } from '../scripts/x.ts';"],
    ['a new folder', 'library/a.ts', ''],
  ])('across a wall: %s', (_name, at, text) => expect(acrossWalls([file(at, text)])).toHaveLength(1));

  test('walls let through what may pass', () =>
    expect(
      acrossWalls([
        file('crawler/a.ts', "import { x } from '../archive/x.ts';"),
        file('extension/a.ts', "import type { X } from '../server/api/contract.ts';"),
        file('cli/a.ts', "import { x } from '../crawler/x.ts';\n// import { y } from '../tests/y.ts'"),
      ]),
    ).toEqual([]));

  test.each<[string, string, string]>([
    ['simple-git', 'crawler/a.ts', "import { simpleGit } from 'simple-git';"],
    ['git', 'archive/records/a.ts', "spawn('git', ['log'])"],
    ['SQLite', 'archive/git/a.ts', "import { DatabaseSync } from 'node:sqlite';"],
    ['Puppeteer', 'crawler/extract/a.ts', "import puppeteer from 'puppeteer';"],
    ['the environment', 'cli/track.ts', `const home = ${env}.HOME;`],
    ['the environment, imported', 'cli/track.ts', "import { env } from 'node:process';"],
  ])('outside its room: %s', (_name, at, text) => expect(outsideRooms([file(at, text)])).toHaveLength(1));

  test('rooms may use what is theirs, tests everything', () =>
    expect(
      outsideRooms([
        file('archive/git/a.ts', "import { simpleGit } from 'simple-git';"),
        file('archive/ledger/a.ts', "import { DatabaseSync } from 'node:sqlite';"),
        file('crawler/fetch/a.ts', "import puppeteer from 'puppeteer';"),
        file('cli/settings.ts', `${env}.HOME`),
        file('tests/a.ts', "spawn('git', [])"),
        file('cli/a.ts', `// reads ${env} elsewhere`),
      ]),
    ).toEqual([]));

  test('a cycle of three, and none where only types go back', () => {
    const circle = [
      file('archive/a.ts', "import { b } from './b.ts';"),
      file('archive/b.ts', "import { c } from './git/c.ts';"),
    ];
    const back = "import { a } from '../a.ts';";
    expect(cycles([...circle, file('archive/git/c.ts', back)])).toEqual([
      'archive/a.ts → archive/b.ts → archive/git/c.ts → archive/a.ts',
    ]);
    expect(cycles([...circle, file('archive/git/c.ts', back.replace('import', 'import type'))])).toEqual([]);
  });

  test('a cycle of two folders by different files and by types, and none with files beside the folders', () => {
    const there = file('archive/git/a.ts', "import { x } from '../ledger/x.ts';");
    const back = file('archive/ledger/b.ts', "import type { Y } from '../git/y.ts';");
    expect(folderCycles([there, back])).toEqual(['archive/git → archive/ledger → archive/git']);
    expect(
      folderCycles([
        there,
        file('archive/ledger/b.ts', "import { c } from './deep/c.ts';"),
        file('archive/ledger/deep/c.ts', "import { d } from '../../d.ts';"),
        file('archive/d.ts', "import { a } from './git/a.ts';"),
      ]),
    ).toEqual([]);
  });

  test.each(["import { x } from './x';", "import { x } from './x.js';", "import { x } from './absent.ts';"])(
    'unresolved: %s',
    (text) => expect(unresolved([file('cli/a.ts', text)], new Set(['cli/x.ts', 'cli/x.js']))).toHaveLength(1),
  );

  test('barrels, and a file that adds something of its own', () => {
    expect(
      barrels([file('cli/a.ts', "// all\nexport * from './x.ts';\nexport {\n  y,\n} from './y.ts';\n")]),
    ).toHaveLength(1);
    expect(barrels([file('cli/a.ts', "export { x } from './x.ts';\nexport const y = 1;\n")])).toEqual([]);
    expect(barrels([file('cli/a.ts', "import './x.ts';\n")])).toEqual([]);
  });

  test('the tree', () => {
    expect(strayEntries(['notes.txt', 'lib/a.ts', 'archive/a.ts', 'README.md'])).toHaveLength(2);
    expect(namelessFolders(['cli/utils/a.ts', 'server/helpers/b.ts', 'tests/helpers/c.ts'])).toHaveLength(2);
    expect(
      codeAmongDeclarations([
        'declarations/A.json',
        'declarations/A.filters.js',
        'declarations/a.ts',
        'declarations/b/c.json',
      ]),
    ).toHaveLength(2);
    expect(longFiles([file('cli/a.ts', 'x\n'.repeat(251)), file('cli/b.ts', 'x\n'.repeat(250))])).toEqual([
      'cli/a.ts has 251 lines',
    ]);
  });

  test('what is committed', () => {
    expect(tiedToMachine([file('a.md', `see\n${path}`), file('b.md', `https://${registry}/x`)], [])).toHaveLength(2);
    expect(tiedToMachine([file('a.md', 'https://npm.internal.example/x')], ['npm.internal.example'])).toHaveLength(1);
    expect(tiedToMachine([file('a.md', 'https://example.com/home/terms')], [])).toEqual([]);
    expect(loosePins('{"dependencies":{"a":"^1.0.0","b":"1.0.0","c":"latest"}}')).toEqual(['a: ^1.0.0', 'c: latest']);
    expect(resolvedHosts('{"packages":{"a":{"resolved":"https://x.example/a.tgz"},"b":{}}}')).toHaveLength(1);
  });
});
