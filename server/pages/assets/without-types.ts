import { stripTypeScriptTypes } from 'node:module';

/**
 * TypeScript as JavaScript for browsers, by the same means by which this program itself runs.
 *
 * Node says at the first call that the function may change. Whoever runs a server can do nothing about that, and the
 * version of Node is pinned: so it is not printed; every other warning is.
 */
export function withoutTypes(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (!String(warning).startsWith('stripTypeScriptTypes ')) Reflect.apply(emitWarning, process, [warning, ...rest]);
  };
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
