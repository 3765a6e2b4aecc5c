import { updateIndex } from '../../../archive/index/update-index.ts';

// Updates an index in a process of its own, which a test kills.
const [versionsDirectory = '', snapshotsDirectory = '', indexFile = ''] = process.argv.slice(2);
process.stdout.write('started\n');
await updateIndex({ versionsDirectory, snapshotsDirectory, indexFile });
process.stdout.write('finished\n');
