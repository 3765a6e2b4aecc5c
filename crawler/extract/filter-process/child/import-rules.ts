import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const fetchModule = pathToFileURL(join(import.meta.dirname, 'fetch-module.ts')).href;
const fetchPackages = new Set(['node-fetch', 'cross-fetch', 'isomorphic-fetch', 'undici']);

/**
 * Rules for what modules of the collection import: packages that fetch become the guarded `fetch`; a package that is not
 * there is named with what to do.
 */
export function ruleImports(collectionDirectory: string): void {
  const collection = `${pathToFileURL(collectionDirectory).href}/`;
  registerHooks({
    resolve: (specifier, context, next) => {
      if (context.parentURL?.startsWith(collection) !== true) return next(specifier, context);
      if (fetchPackages.has(specifier)) return { url: fetchModule, format: 'module-typescript', shortCircuit: true };
      try {
        return next(specifier, context);
      } catch (error) {
        throw new Error(unresolved(specifier, collectionDirectory), { cause: error });
      }
    },
  });
}

function unresolved(specifier: string, collectionDirectory: string): string {
  if (/^(?:\.{0,2}\/|file:)/.test(specifier)) {
    return `"${specifier}" cannot be read; filter functions can import files below ${collectionDirectory}/declarations only`;
  }
  return `the package "${specifier}" is not installed in the collection: run "npm install ${specifier}" in ${collectionDirectory}`;
}
