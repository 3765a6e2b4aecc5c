import type { SourceFile } from './source-file.ts';

const topLevel = new Set(
  (
    '.ci .dockerignore .editorconfig .gitattributes .gitignore .npmrc CHANGELOG.md CONTRIBUTING.md LICENSE README.md SECURITY.md archive ' +
    'biome.json cli config crawler declarations docs domains.yml extension metadata.yml package-lock.json package.json ' +
    'scripts server tests tsconfig.json vitest.config.ts wxt.config.ts'
  ).split(' '),
);

/** Entries at the top that have no place there. */
export function strayEntries(paths: readonly string[]): string[] {
  const entries = new Set(paths.map((path) => path.split('/')[0] ?? ''));
  return [...entries].filter((entry) => !topLevel.has(entry)).map((entry) => `${entry} stands at the top`);
}

/** Folders named for nothing. */
export function namelessFolders(paths: readonly string[]): string[] {
  const nameless = /(^|\/)(utils?|helpers?|common|misc|lib|shared)\//;
  return paths
    .filter((path) => !path.startsWith('tests/') && nameless.test(path))
    .map((path) => `${path}: say what it holds`);
}

/** Anything in declarations/ that is not data, but for the services' own filters. */
export function codeAmongDeclarations(paths: readonly string[]): string[] {
  const data = /^declarations\/([^/]+\.json|[^/]+\.filters(\.history)?\.js|README\.md)$/;
  return paths.filter((path) => path.startsWith('declarations/') && !data.test(path));
}

const longest = 250;

/** Files of the program with more than 250 lines. */
export function longFiles(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path, text }) => !path.startsWith('tests/') && text.trimEnd().split('\n').length > longest)
    .map(({ path, text }) => `${path} has ${text.trimEnd().split('\n').length} lines`);
}
