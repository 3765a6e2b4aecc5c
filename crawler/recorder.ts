import type { RecordsArchive } from '../archive/git/records-archive.ts';

/** What tracking needs of the archive: the archive itself, or a rehearsal that writes nothing. */
export type Recorder = Pick<
  RecordsArchive,
  'latestSnapshot' | 'latestVersion' | 'snapshot' | 'content' | 'recordSnapshot' | 'recordVersion'
>;
