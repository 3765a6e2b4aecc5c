import { posix } from 'node:path';

/** A file of the repository: its path from the root, with slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One import (or export from, or worker started by URL) of a file. */
export interface Import {
  /** As written, such as `../archive/records/record.ts` or `node:fs`. */
  readonly specifier: string;
  /** For relative ones the path from the root. */
  readonly target: string | undefined;
  readonly typeOnly: boolean;
}

const statement = /^[ \t]*(?:import|export)\b(\s+type\b)?(?:[^'"`;=]*?\bfrom)?\s*['"]([^'"\n]+)['"]/gm;
const call = /\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g;
const byAddress = /\bnew URL\(\s*['"](\.[^'"\n]+\.(?:ts|mjs|js))['"]\s*,\s*import\.meta\.url/g;

/** All imports of a file, static, dynamic, and by `new URL(…, import.meta.url)`, as workers and child processes are started. */
export function importsOf({ path, text }: SourceFile): Import[] {
  const found: [string, boolean][] = [
    ...Array.from(text.matchAll(statement), ([, type, name]): [string, boolean] => [name ?? '', type !== undefined]),
    ...Array.from(text.matchAll(call), ([, name]): [string, boolean] => [name ?? '', false]),
    ...Array.from(text.matchAll(byAddress), ([, name]): [string, boolean] => [name ?? '', false]),
  ];
  return found.map(([specifier, typeOnly]) => ({
    specifier,
    typeOnly,
    target: specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined,
  }));
}
