import { importsOf, type SourceFile } from './source-file.ts';

/** Groups of files that import each other; each cycle once, as a path through it. Types alone make no cycle: they are gone at run time. */
export function cycles(files: readonly SourceFile[]): string[] {
  const edges = new Map(
    files.map((file) => [
      file.path,
      importsOf(file).flatMap(({ target, typeOnly }) => (target === undefined || typeOnly ? [] : [target])),
    ]),
  );
  return circles(edges);
}

/**
 * Sub-folders of archive/ that import each other, types included: they could not be read, moved or replaced one without the
 * other. Files beside the folders put them together and are left out.
 */
export function folderCycles(files: readonly SourceFile[]): string[] {
  const folderOf = (path: string): string | undefined => /^archive\/[^/]+(?=\/)/.exec(path)?.[0];
  const edges = new Map<string, string[]>();
  for (const file of files) {
    const folder = folderOf(file.path);
    if (folder === undefined) continue;
    const others = importsOf(file)
      .flatMap(({ target }) => folderOf(target ?? '') ?? [])
      .filter((other) => other !== folder);
    edges.set(folder, [...new Set([...(edges.get(folder) ?? []), ...others])]);
  }
  return circles(edges);
}

/** Each circle once, as a path through it. */
function circles(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const finished = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path].join(' → '));
    if (start >= 0 || finished.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    finished.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return found;
}

/** Relative imports that do not name a file of ours with its ending, as Node wants it. */
export function unresolved(files: readonly SourceFile[], known: ReadonlySet<string>): string[] {
  return files.flatMap((file) =>
    importsOf(file)
      .filter(({ target }) => target !== undefined && !(/\.(ts|mjs|json)$/.test(target) && known.has(target)))
      .map(({ specifier }) => `${file.path} imports ${specifier}: name an existing file, ending in .ts`),
  );
}

/** Files that do nothing but hand on what others export. */
export function barrels(files: readonly SourceFile[]): string[] {
  const handsOn = /^\s*export\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s*from\s*['"][^'"]+['"]\s*;?/gm;
  return files
    .filter(({ text }) => {
      const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
      const rest = code.replace(handsOn, '');
      return rest !== code && rest.trim() === '';
    })
    .map(({ path }) => `${path} only hands on the exports of others`);
}
