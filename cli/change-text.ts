import { styleText } from 'node:util';
import type { RecordedChange } from '../archive/changes/analysis/analyse-history.ts';

/** A change as the command prints it: the reasons in sentences. */
export type PrintedChange = Omit<RecordedChange, 'reasons'> & { readonly reasons: readonly string[] };

const MOST_REASONS = 5;

/** A change in a few lines for people. @param whole with all of its reasons. */
export function changeAsText(
  change: PrintedChange,
  stream: NodeJS.WriteStream,
  { whole = false }: { readonly whole?: boolean } = {},
): string {
  const { date, path, commit, reasons } = change;
  const shown = whole ? reasons : reasons.slice(0, MOST_REASONS);
  const more = reasons.length > shown.length ? [`… ${reasons.length - shown.length} more`] : [];
  const title = change.alert ? styleText('bold', path, { stream }) : path;
  return [
    `${date.slice(0, 10)}  ${title}  ${factsOf(change).join(' · ')}  ${commit.slice(0, 12)}`,
    ...[...shown, ...more].map((reason) => styleText('dim', `    ${reason}`, { stream })),
  ].join('\n');
}

/** Class, state, whether it is an alert and how significant, topics: the least that tells how a change was judged. */
export const factsOf = ({
  state,
  technicalUpgrade,
  alert,
  significance,
  topics,
  undoes,
  ...change
}: PrintedChange): string[] => [
  change.class,
  ...(state === 'ok' ? [] : [state]),
  ...(technicalUpgrade ? ['technical upgrade'] : []),
  ...(alert ? [`ALERT ${significance.toFixed(2)}`] : []),
  ...(undoes.length > 0 ? ['undone'] : []),
  ...(topics ?? []),
];
