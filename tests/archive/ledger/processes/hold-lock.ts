import { thisProcess } from '../../../../archive/ledger/lock-owner.ts';
import { acquireWriterLock, LockedError } from '../../../../archive/ledger/writer-lock.ts';

// node hold-lock.ts FILE MOMENT: takes the lock at MOMENT (ms since 1970), says "held" or "locked …", holds until killed.
const [file = '', moment = '0'] = process.argv.slice(2);
while (Date.now() < Number(moment));
try {
  acquireWriterLock(file, { owner: thisProcess('track') });
  process.stdout.write('held\n');
  setInterval(() => {}, 1_000);
} catch (error) {
  if (!(error instanceof LockedError)) throw error;
  process.stdout.write(`locked ${error.owner?.pid}\n`);
}
