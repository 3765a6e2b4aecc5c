import { updateIndex } from '../../../archive/index/update-index.ts';

// Updates an index in a process of its own, which a test kills. An empty directory of snapshots stands for none.
const [versionsDirectory = '', snapshotsDirectory = '', indexFile = ''] = process.argv.slice(2);
process.stdout.write('started\n');
await updateIndex({ versionsDirectory, snapshotsDirectory: snapshotsDirectory || undefined, indexFile });
process.stdout.write('finished\n');
