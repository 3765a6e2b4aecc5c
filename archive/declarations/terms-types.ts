import termsTypes from '@opentermsarchive/terms-types/termsTypes.json' with { type: 'json' };
import type { Report } from './fault.ts';
import { nearest } from './nearest.ts';

/** The closed list of names of terms types. */
export const TERMS_TYPES: readonly string[] = Object.keys(termsTypes);

/**
 * Checks a terms type. One that is not in the list is a fault, but is tracked, as by OTA: a collection may know a newer
 * list than this program.
 *
 * @returns false where it cannot be tracked, since it cannot be the name of a file.
 */
export function checkTermsType(type: string, path: string, report: Report): boolean {
  if (TERMS_TYPES.includes(type)) return true;
  const suggestion = nearest(type, TERMS_TYPES);
  report(
    path,
    `“${type}” is not a terms type`,
    suggestion
      ? `Did you mean “${suggestion}”?`
      : 'The list: https://github.com/OpenTermsArchive/terms-types/blob/main/termsTypes.json',
  );
  const isFileName =
    type.trim() !== '' && !/[/\\]|^\.|\.\.| #/.test(type) && [...type].every((letter) => letter >= ' ');
  return isFileName;
}
