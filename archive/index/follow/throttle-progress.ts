import type { IndexBuilding } from '../index-activity.ts';

/** Milliseconds between two reports. */
const INTERVAL = 200;

/** Progress comes with every record; people see a few numbers a second. The first of each part is let through. */
export function throttleProgress(
  tell: (activity: IndexBuilding) => void,
  quietFor: number,
): (progress: IndexBuilding) => void {
  const started = performance.now();
  let told = Number.NEGATIVE_INFINITY;
  let part: IndexBuilding['part'] | undefined;
  return (progress) => {
    const now = performance.now();
    if (now - started < quietFor || (progress.part === part && now - told < INTERVAL)) return;
    told = now;
    part = progress.part;
    tell(progress);
  };
}
