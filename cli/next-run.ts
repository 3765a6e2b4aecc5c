import { createTask } from 'node-cron';

/** When a cron expression is due next, in this machine's time zone. */
export async function nextRun(expression: string): Promise<Date | undefined> {
  const task = createTask(expression, () => {});
  try {
    return task.getNextRuns(1)[0];
  } finally {
    await task.destroy();
  }
}
