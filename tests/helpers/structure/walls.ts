import { importsOf, type SourceFile } from './source-file.ts';

// The table of docs/architecture.md: who may import what of ours. Paths from the root.
const mayImport: Readonly<Record<string, readonly RegExp[]>> = {
  archive: [/^archive\//],
  crawler: [/^(archive|crawler)\//],
  server: [/^(archive|server)\//],
  extension: [/^extension\//, /^server\/api\/contract\.ts$/, /^crawler\/extract\//, /^archive\/changes\/redline\//],
  cli: [/^(archive|crawler|server|cli)\//, /^package\.json$/],
  scripts: [/./],
  tests: [/./],
};

/** Imports across a wall. */
export function acrossWalls(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const folder = file.path.split('/')[0] ?? '';
    const allowed = mayImport[folder];
    if (!allowed) return [`${file.path}: no rule for the folder ${folder}`];
    return importsOf(file)
      .flatMap(({ target }) => (target === undefined ? [] : [target]))
      .filter((target) => !allowed.some((pattern) => pattern.test(target)))
      .map((target) => `${file.path} imports ${target}: ${folder}/ may not`);
  });
}

interface Room {
  readonly what: string;
  readonly at: RegExp;
  readonly imports?: RegExp;
  readonly text?: RegExp;
}

const rooms: readonly Room[] = [
  {
    what: 'git',
    at: /^archive\/git\//,
    imports: /^simple-git$/,
    text: /\b(?:spawn|spawnSync|exec|execSync|execFile|execFileSync)\(\s*['"`]git\b/,
  },
  { what: 'SQLite', at: /^archive\/(ledger|index)\//, imports: /^(node:)?sqlite$/ },
  { what: 'Puppeteer', at: /^crawler\/fetch\//, imports: /^puppeteer(-core)?(\/|$)/ },
  {
    what: 'the environment',
    // Settings; where npm was called from; where compiled code is kept; and what git inherits.
    at: /^(cli\/(settings|caller-directory)\.ts|cli\/main\.mjs|archive\/git\/git-process\.ts)$/,
    text: /\bprocess\.env\b|\bimport\s*\{[^}]*\benv\b[^}]*\}\s*from\s*['"](?:node:)?process['"]/,
  },
];

/** Uses of git, SQLite, Puppeteer or the environment outside the room that is theirs; scripts and tests are free. */
export function outsideRooms(files: readonly SourceFile[]): string[] {
  const program = files.filter(({ path }) => !/^(scripts|tests)\//.test(path));
  return program.flatMap((file) =>
    rooms
      .filter(({ at }) => !at.test(file.path))
      .filter(
        ({ imports, text }) =>
          importsOf(file).some(({ specifier, typeOnly }) => !typeOnly && imports?.test(specifier)) ||
          text?.test(withoutComments(file.text)),
      )
      .map(({ what }) => `${file.path} uses ${what}, which has a room of its own`),
  );
}

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
