import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, from half a minute down to ten seconds; Vitest goes by size where no file was ever run here. */
const LONGEST = [
  'extract/filter-process',
  'follow/recovery',
  'extract/real-documents',
  'cli/changes.',
  'crawler/track.',
  'extract/damaged-documents',
  'extract/recorded-versions',
  'git/existing-archives',
  'extract/filter-functions',
  'cli/data-commands',
  'extract/worker-memory',
  'end-to-end/kill-tracker',
  'end-to-end/browser-hostile',
  'end-to-end/serve',
  'end-to-end/replay',
  'end-to-end/adopted-archive',
  'end-to-end/hostile-pages',
  'end-to-end/pages-axe',
  'end-to-end/browser-stuck',
  'end-to-end/kill-archive',
];

/** Begins with the longest files of each project, so that at the end no core waits for one that began last. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const projects = [...new Set(sorted.map(({ project }) => project.name))];
    return projects.flatMap((name) =>
      sorted.filter(({ project }) => project.name === name).sort((a, b) => rankOf(a) - rankOf(b)),
    );
  }
}

/** Place among the longest; after them all others, as they stand. */
function rankOf({ moduleId }: TestSpecification): number {
  const place = LONGEST.findIndex((part) => moduleId.includes(part));
  return place < 0 ? LONGEST.length : place;
}
