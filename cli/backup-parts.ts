import type { BackupPart } from '../archive/ledger/backup/part.ts';
import type { Settings } from './settings.ts';

/** What git cannot give back. */
export const storeParts = ({ ledgerFile }: Settings): readonly BackupPart[] => [
  { name: 'ledger', kind: 'sqlite', path: ledgerFile },
];

/** Versions before the snapshots that they were made from: a backup then holds the snapshots of all its versions. */
export const repositoryParts = ({ versionsDirectory, snapshotsDirectory }: Settings): readonly BackupPart[] => [
  { name: 'versions', kind: 'git', path: versionsDirectory },
  { name: 'snapshots', kind: 'git', path: snapshotsDirectory },
];
