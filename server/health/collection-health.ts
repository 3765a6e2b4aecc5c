import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../archive/index/index-error.ts';
import type { Run } from '../../archive/ledger/run.ts';
import { withoutPaths } from '../http/without-paths.ts';
import { type ScheduleTurns, scheduleTurns } from './schedule-turns.ts';

/** When a mirror was last fetched, as its fetcher tells. */
export interface MirrorFetches {
  /** Since this process was started. */
  readonly fetches: number;
  readonly failures: number;
  readonly lastFetch: Date | undefined;
  /** Of the latest attempt; undefined where it went well. */
  readonly lastError: string | undefined;
}

/** How a collection stands. Dates are ISO 8601; what is not known is null. */
export interface CollectionHealth {
  readonly id: string;
  readonly kind: 'tracked' | 'mirrored';
  readonly index: {
    readonly activity: 'ready' | 'building' | 'failed';
    readonly message: string | null;
    readonly updatedAt: string | null;
    readonly ageSeconds: number | null;
    readonly versions: number | null;
    readonly snapshots: number | null;
    readonly versionsWithoutText: number | null;
    /** Versions whose change is not judged yet. */
    readonly versionsWithoutAnalysis: number | null;
    /** By new rules; until then answers are by the former ones. */
    readonly isJudgedAnew: boolean | null;
  };
  readonly lastRun: {
    readonly startedAt: string;
    readonly endedAt: string | null;
    readonly status: 'completed' | 'interrupted' | 'failed' | 'running';
    readonly counts: Run['counts'];
  } | null;
  readonly nextRun: string | null;
  readonly isOverdue: boolean;
  readonly failingTerms: number | null;
  readonly mirror: {
    readonly fetches: number;
    readonly failures: number;
    readonly lastFetch: string | null;
    readonly lastError: string | null;
  } | null;
}

export interface HealthContext {
  readonly now: Date;
  /** When this process was started. */
  readonly startedAt: Date;
  /** Whether this process itself tracks and fetches by the schedules. */
  readonly keepsSchedules: boolean;
  readonly mirrorFetches: (collection: string) => MirrorFetches | undefined;
}

/** Runs that are begun a moment late are not overdue, however dense the schedule is. */
const LEAST_GRACE = 10 * 60_000;

/** @throws what the ledger throws where it cannot be read. */
export function collectionHealth(collection: ServedCollection, context: HealthContext): CollectionHealth {
  const { id, kind, schedule } = collection;
  const ledger = collection.ledger();
  const lastRun = ledger && (ledger.lastRun('track') ?? ledger.lastRun());
  const turns = schedule === undefined ? undefined : scheduleTurns(schedule);
  const mirror = kind === 'mirrored' ? context.mirrorFetches(id) : undefined;
  const latest = kind === 'tracked' ? lastRun?.startedAt : mirror?.lastFetch;
  return {
    id,
    kind,
    index: indexHealth(collection, context.now),
    lastRun: lastRun
      ? {
          startedAt: lastRun.startedAt.toISOString(),
          endedAt: lastRun.endedAt?.toISOString() ?? null,
          status: lastRun.status ?? 'running',
          counts: lastRun.counts,
        }
      : null,
    // What this process does not fetch is fetched by another one, or not at all.
    nextRun: kind === 'mirrored' && !mirror ? null : (turns?.next?.toISOString() ?? null),
    isOverdue: isOverdue(latest, turns, context),
    failingTerms: ledger ? ledger.failingTerms().length : null,
    mirror: mirror
      ? {
          fetches: mirror.fetches,
          failures: mirror.failures,
          lastFetch: mirror.lastFetch?.toISOString() ?? null,
          lastError: mirror.lastError === undefined ? null : withoutPaths(mirror.lastError),
        }
      : null,
  };
}

/**
 * Overdue: nothing has begun for more than twice the longest pause of the schedule. One turn may be left out, because the
 * run before was still going on. What was never done here is only missed where this process should do it.
 */
function isOverdue(latest: Date | undefined, turns: ScheduleTurns | undefined, context: HealthContext): boolean {
  if (!turns || (latest === undefined && !context.keepsSchedules)) return false;
  const since = latest ?? context.startedAt;
  return context.now.getTime() - since.getTime() > Math.max(LEAST_GRACE, 2 * turns.longestPause);
}

function indexHealth(collection: ServedCollection, now: Date): CollectionHealth['index'] {
  const activity = collection.indexActivity();
  const message =
    activity.kind === 'failed'
      ? withoutPaths(activity.message)
      : activity.kind === 'building'
        ? `${activity.part}: ${activity.done}${activity.total > 0 ? ` of ${activity.total}` : ''}`
        : null;
  try {
    const { updatedAt, ...counts } = collection.index().state();
    return {
      activity: activity.kind,
      message,
      updatedAt: updatedAt?.toISOString() ?? null,
      ageSeconds: updatedAt ? Math.max(0, Math.round((now.getTime() - updatedAt.getTime()) / 1000)) : null,
      versions: counts.versions,
      snapshots: counts.snapshots,
      versionsWithoutText: counts.versionsWithoutText,
      versionsWithoutAnalysis: counts.versionsWithoutAnalysis,
      isJudgedAnew: counts.isJudgedAnew,
    };
  } catch (error) {
    if (!(error instanceof IndexUnavailableError)) throw error;
    return { activity: activity.kind, message: message ?? withoutPaths(error.message), ...UNKNOWN };
  }
}

const UNKNOWN = {
  updatedAt: null,
  ageSeconds: null,
  versions: null,
  snapshots: null,
  versionsWithoutText: null,
  versionsWithoutAnalysis: null,
  isJudgedAnew: null,
};
