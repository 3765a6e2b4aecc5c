import type { Logger } from 'pino';
import type { RunReport } from '../crawler/run.ts';
import { nextStep } from './next-step.ts';
import { secondFetchText } from './report.ts';

/** Enters a run in the log: each failure with its next step, each new record, then the counts. */
export function logRun(log: Logger, { outcomes, startedAt, endedAt }: RunReport): void {
  const counts = { first: 0, changed: 0, upgraded: 0, unchanged: 0, failed: 0 };
  for (const outcome of outcomes) {
    const { serviceId, termsType, status, versionId, failures, secondFetch } = outcome;
    counts[status]++;
    for (const { location, reason, message } of failures) {
      log.warn({ serviceId, termsType, location, reason, nextStep: nextStep(reason) }, message);
    }
    if (!versionId) continue;
    const text = [status, secondFetchText(outcome) ?? []].flat().join(', ');
    log.info({ serviceId, termsType, status, versionId, secondFetch }, `${serviceId} · ${termsType}: ${text}`);
  }
  log.info({ ...counts, seconds: (endedAt.getTime() - startedAt.getTime()) / 1000 }, 'run completed');
  const isUnreachable = ({ failures }: RunReport['outcomes'][number]): boolean =>
    failures.some(({ stage, reason }) => stage === 'fetch' && (reason === 'network' || reason === 'timeout'));
  if (outcomes.length > 0 && outcomes.every(isUnreachable)) {
    log.error(
      'Nothing could be reached. Is this machine connected to the internet? To see Clausewatch work without it: npm run demo',
    );
  }
}
