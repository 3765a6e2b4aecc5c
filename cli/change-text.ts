import type { RecordedChange } from '../archive/changes/analysis/analyse-history.ts';

const MOST_REASONS = 5;

/** A change in a few lines for people. */
export function changeAsText({ date, path, commit, reasons, topics, ...change }: RecordedChange): string {
  const facts = [
    change.class,
    ...(change.state === 'ok' ? [] : [change.state]),
    ...(change.technicalUpgrade ? ['technical upgrade'] : []),
    ...(change.alert ? [`ALERT ${change.significance.toFixed(2)}`] : []),
    ...(topics ?? []),
  ];
  const more = reasons.length > MOST_REASONS ? [`… ${reasons.length - MOST_REASONS} more`] : [];
  return [
    `${date.slice(0, 10)}  ${path}  ${facts.join(' · ')}  ${commit.slice(0, 12)}`,
    ...[...reasons.slice(0, MOST_REASONS), ...more].map((reason) => `    ${reason}`),
  ].join('\n');
}
