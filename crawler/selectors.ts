import type { Selectors } from '../archive/declarations/service.ts';

/** The CSS selectors in a declaration's `select` or `remove`, those of ranges included. */
export function cssSelectors(selectors: Selectors | undefined): string[] {
  if (selectors === undefined) return [];
  return [selectors]
    .flat()
    .flatMap((selector) => (typeof selector === 'string' ? [selector] : Object.values(selector)));
}
