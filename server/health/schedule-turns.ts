import { createTask } from 'node-cron';

/** How a schedule goes on. */
export interface ScheduleTurns {
  readonly next: Date | undefined;
  /** Milliseconds of the longest pause between turns that follow each other, of the next eight. */
  readonly longestPause: number;
}

/** Turns of a cron expression from now on, in this machine's time zone. @throws where it is none. */
export function scheduleTurns(expression: string): ScheduleTurns {
  const task = createTask(expression, () => {});
  try {
    const turns = task.getNextRuns(8);
    const pauses = turns.slice(1).map((turn, index) => turn.getTime() - (turns[index]?.getTime() ?? 0));
    return { next: turns[0], longestPause: Math.max(0, ...pauses) };
  } finally {
    void task.destroy();
  }
}
