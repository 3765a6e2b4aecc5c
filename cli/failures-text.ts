import { styleText } from 'node:util';
import Table from 'cli-table3';
import { nextStep } from './next-step.ts';

/** One failure to be shown. */
export interface ShownFailure {
  readonly serviceId: string;
  readonly termsType: string;
  /** Such as "since 3 May, 4 runs"; left out of the table where no failure has it. */
  readonly since?: string;
  readonly reason: string;
  readonly message: string;
}

const NO_LINES = Object.fromEntries(
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid middle'
    .split(' ')
    .map((part) => [part, part === 'middle' ? ' ' : '']),
);

/**
 * Failures in one table a reason, with the next step said once above it: when a network is down, hundreds have the
 * same.
 */
export function failuresAsText(failures: readonly ShownFailure[], stream: NodeJS.WriteStream): string {
  const width = Math.max(80, Math.min(stream.columns ?? 120, 160));
  const groups = [...Map.groupBy(failures, ({ reason }) => reason)].sort(([, a], [, b]) => b.length - a.length);
  return groups
    .map(([reason, group]) => {
      const hasSince = group.some(({ since }) => since !== undefined);
      const shares = hasSince ? [0.19, 0.19, 0.19, 0.4] : [0.22, 0.24, 0.52];
      const table = new Table({
        chars: NO_LINES,
        colWidths: shares.map((share) => Math.floor(width * share)),
        wordWrap: true,
        style: { head: [], border: [] },
      });
      for (const { serviceId, termsType, since, message } of group) {
        table.push([serviceId, termsType, ...(hasSince ? [since ?? ''] : []), message]);
      }
      const heading = styleText(['bold', 'red'], `${reason} (${group.length})`, { stream });
      return `${heading} ${nextStep(reason)}\n${table.toString()}`;
    })
    .join('\n\n');
}
