import { diskUse } from '../archive/disk/disk-use.ts';
import { openLedger } from '../archive/ledger/ledger.ts';
import { LedgerError } from '../archive/ledger/ledger-error.ts';
import { type LockOwner, lockOwner } from '../archive/ledger/lock-owner.ts';
import type { NotedSizes, Run } from '../archive/ledger/run.ts';
import type { FailingTerms } from '../archive/ledger/terms-outcome.ts';
import { nextRun } from './next-run.ts';
import type { Settings } from './settings.ts';

/** How far back growth is looked at. */
const GROWTH_DAYS = 30;
const DAY = 86_400_000;

/** How a collection stands. */
export interface Status {
  /** The tracker that works now. */
  readonly tracker: LockOwner | undefined;
  /** The latest run that tracked; without an end while it goes on, or where it was killed. */
  readonly lastRun: Run | undefined;
  readonly schedule: string;
  /** When the schedule is due next; whether anything runs by it, the tracker's command tells. */
  readonly nextRun: Date | undefined;
  readonly failing: readonly FailingTerms[];
  /** Part → bytes now. */
  readonly disk: Readonly<Record<string, number>>;
  /** What the parts have grown by since the first run of the last 30 days; undefined where no run noted sizes. */
  readonly growth: { readonly since: Date; readonly bytes: Readonly<Record<string, number>> } | undefined;
}

/** @returns undefined where nothing was tracked yet. */
export async function collectStatus(settings: Settings, now: Date): Promise<Status | undefined> {
  const { ledgerFile, lockFile, versionsDirectory, snapshotsDirectory, schedule } = settings;
  const tracker = lockOwner(lockFile);
  let ledger: ReturnType<typeof openLedger>;
  try {
    ledger = openLedger(ledgerFile, { readOnly: true });
  } catch (error) {
    if (error instanceof LedgerError && error.reason === 'missing') return undefined;
    throw error;
  }
  try {
    const disk = await diskUse({ versions: versionsDirectory, snapshots: snapshotsDirectory, ledger: ledgerFile });
    const [earliest] = ledger.growth(new Date(now.getTime() - GROWTH_DAYS * DAY));
    return {
      tracker,
      lastRun: ledger.lastRun('track') ?? ledger.lastRun(),
      schedule,
      nextRun: await nextRun(schedule),
      failing: ledger.failingTerms(),
      disk,
      growth: earliest && growthSince(earliest, disk),
    };
  } finally {
    ledger.close();
  }
}

function growthSince(
  { date, sizes }: NotedSizes,
  disk: Readonly<Record<string, number>>,
): NonNullable<Status['growth']> {
  const bytes = Object.entries(disk).flatMap(([part, size]) => {
    const before = sizes[part];
    return before === undefined ? [] : [[part, size - before] as const];
  });
  return { since: date, bytes: Object.fromEntries(bytes) };
}
