import { type Fault, reportTo } from './fault.ts';

const EXTENSION = /\.(?:history\.json|filters\.history\.js|filters\.js|json)$/;

/**
 * Faults of the file names in a folder `declarations`: names that not every disk can hold, names that differ only in
 * case, and files that belong to no declared service.
 */
export function checkFileNames(
  files: readonly string[],
  services: readonly string[] | undefined,
  prefix: string,
  faults: Fault[],
): void {
  const byFoldedName = new Map<string, string>();
  for (const file of files) {
    const id = file.replace(EXTENSION, '');
    const folded = file.normalize().toLowerCase();
    const twin = byFoldedName.get(folded);
    byFoldedName.set(folded, file);
    if (id === file || (services && !services.includes(id))) continue;
    const report = reportTo(faults, id, `${prefix}${file}`);
    if (twin !== undefined) {
      report('', `differs from ${twin} only in case; many disks hold only one of them`, 'Rename or merge one of them.');
    }
    const replaced = id.replace(/[\\:]/g, '-');
    if (replaced !== id || [...id].some((character) => character < ' ')) {
      report('', 'has a character in its name that not every disk can hold', `Rename it, such as to ${replaced}.`);
    }
    if (!files.includes(`${id}.json`)) {
      report(
        '',
        `belongs to no declared service: there is no ${prefix}${id}.json`,
        'Correct its name, or take it out.',
        'warning',
      );
    }
  }
}
