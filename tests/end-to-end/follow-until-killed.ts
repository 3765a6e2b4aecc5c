import { followIndex } from '../../archive/index/follow/follow-index.ts';

// Keeps the index of an archive until it is killed, and says on stdout how far it is.

const [, , versionsDirectory = '', snapshotsDirectory = '', indexFile = ''] = process.argv;
const follower = await followIndex({ versionsDirectory, snapshotsDirectory, indexFile, pollInterval: 20 });
let said = '';
setInterval(() => {
  const activity = JSON.stringify(follower.activity());
  if (activity !== said) process.stdout.write(`${activity}\n`);
  said = activity;
}, 5);
