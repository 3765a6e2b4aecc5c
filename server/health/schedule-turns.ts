import { createTask } from 'node-cron';

/** How a schedule goes on. */
export interface ScheduleTurns {
  readonly next: Date | undefined;
  /** Milliseconds of the longest pause between turns that follow each other, of the next eight. */
  readonly longestPause: number;
}

/** Turns of a cron expression from now on, in this machine's time zone. @throws where it is none. */
export type FindTurns = (expression: string) => ScheduleTurns;

const findTurns: FindTurns = (expression) => {
  const task = createTask(expression, () => {});
  try {
    const turns = task.getNextRuns(8);
    const pauses = turns.slice(1).map((turn, index) => turn.getTime() - (turns[index]?.getTime() ?? 0));
    return { next: turns[0], longestPause: Math.max(0, ...pauses) };
  } finally {
    void task.destroy();
  }
};

/** Schedules are configured, so they are few. */
const MOST_KEPT = 1_000;

/** Finds turns anew only once the next of them has passed: it takes a millisecond each time. */
export function keepTurns(find: FindTurns, now: () => number = Date.now): FindTurns {
  const kept = new Map<string, ScheduleTurns>();
  return (expression) => {
    const known = kept.get(expression);
    if (known?.next !== undefined && known.next.getTime() > now()) return known;
    const turns = find(expression);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(expression, turns);
    return turns;
  };
}

/** Turns as of now, kept for the whole process. @throws where the expression is none. */
export const scheduleTurns: FindTurns = keepTurns(findTurns);
