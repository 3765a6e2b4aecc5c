import { styleText } from 'node:util';
import { formatBytes } from '../archive/disk/format-bytes.ts';
import type { Run } from '../archive/ledger/run.ts';
import type { FailingTerms } from '../archive/ledger/terms-outcome.ts';
import type { Status } from './collect-status.ts';
import { failuresAsText } from './failures-text.ts';
import { formatSeconds } from './report.ts';

/** A collection's state for a person. */
export function describeStatus(status: Status, stream: NodeJS.WriteStream): string {
  const bold = (text: string): string => styleText('bold', text, { stream });
  const { tracker, lastRun, failing, disk, growth } = status;
  const lines = [
    `${bold('Tracker ')} ${
      tracker
        ? `"clausewatch ${tracker.command}" works (process ${tracker.pid} on ${tracker.host}, since ${moment(tracker.since)})`
        : 'none runs'
    }`,
    `${bold('Last run')} ${lastRun ? describeRun(lastRun, tracker !== undefined) : 'none'}`,
    `${bold('Next run')} ${describeNext(status)}`,
    `${bold('Disk    ')} ${Object.entries(disk)
      .map(([part, bytes]) => `${part} ${formatBytes(bytes)}${grown(growth?.bytes[part])}`)
      .join(', ')}${growth ? `; growth since ${moment(growth.since)}` : ''}`,
  ];
  if (failing.length === 0) lines.push(`${bold('Failing ')} none`);
  else lines.push('', bold(`Failing: ${failing.length}`), '', failingTable(failing, stream));
  return `${lines.join('\n')}\n`;
}

function describeRun({ kind, startedAt, endedAt, status, counts, terms }: Run, isTracked: boolean): string {
  if (!endedAt) {
    return `${kind}, begun ${moment(startedAt)}, ${isTracked ? 'goes on' : 'was killed; the next run takes up its work'}`;
  }
  const seconds = (endedAt.getTime() - startedAt.getTime()) / 1_000;
  const counted = Object.entries(counts).flatMap(([name, count]) => (count > 0 ? [`${count} ${name}`] : []));
  const ended = `${kind}, ${moment(startedAt)}, ${status} after ${formatSeconds(seconds)}`;
  return `${ended}, ${terms} terms${counted.length > 0 ? `: ${counted.join(', ')}` : ''}`;
}

function describeNext({ tracker, schedule, nextRun }: Status): string {
  const due = `${nextRun ? moment(nextRun) : 'never'} by the schedule "${schedule}"`;
  return tracker?.command === 'start' ? due : `${due}, once "clausewatch start" runs`;
}

const grown = (bytes: number | undefined): string =>
  bytes === undefined ? '' : ` (${bytes < 0 ? '−' : '+'}${formatBytes(Math.abs(bytes))})`;

function failingTable(failing: readonly FailingTerms[], stream: NodeJS.WriteStream): string {
  const shown = failing.flatMap(({ serviceId, termsType, since, consecutiveFailures, failures }) =>
    failures.map((failure) => ({
      ...failure,
      serviceId,
      termsType,
      since: `since ${moment(since)}, ${consecutiveFailures} ${consecutiveFailures === 1 ? 'run' : 'runs'}`,
    })),
  );
  return failuresAsText(shown, stream);
}

/** Minutes are enough for a person; UTC, as in the records. */
const moment = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
