import { styleText } from 'node:util';
import type { TermsOutcome } from '../crawler/outcome.ts';
import type { RunReport } from '../crawler/run.ts';
import { failuresAsText } from './failures-text.ts';

const STATUSES: Record<TermsOutcome['status'], string> = {
  first: 'first record',
  changed: 'changed',
  upgraded: 'technical upgrade',
  unchanged: 'unchanged',
  failed: 'failed',
};

/** What came of a second fetch, in words. */
export function secondFetchText({ secondFetch }: TermsOutcome): string | undefined {
  if (!secondFetch) return undefined;
  if (secondFetch.outcome === 'failed') return `could not be fetched again (${secondFetch.reason})`;
  if (secondFetch.outcome === 'confirmed') return 'confirmed by a second fetch';
  const text = secondFetch.found === 'former' ? 'the former text' : 'another text';
  return `not reproduced: a second fetch gave ${text}, so it is kept as a candidate for a variant`;
}

/** The summary that ends a run: counts, what changed, and each failure with its reason and next step. */
export function describeRun({ outcomes, startedAt, endedAt }: RunReport, stream: NodeJS.WriteStream): string {
  const bold = (text: string): string => styleText('bold', text, { stream });
  const counts = Object.entries(STATUSES)
    .map(([status, name]) => [outcomes.filter((outcome) => outcome.status === status).length, name] as const)
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${count} ${name}`);
  const seconds = (endedAt.getTime() - startedAt.getTime()) / 1000;
  const lines = [
    bold(`${outcomes.length} terms in ${formatSeconds(seconds)}: ${counts.join(', ') || 'nothing to do'}`),
  ];

  for (const outcome of outcomes) {
    const { serviceId, termsType, status, versionId } = outcome;
    if (status === 'unchanged' || (status === 'failed' && !versionId)) continue;
    // Combined terms of which a source document failed: the changes of the others are recorded.
    const what = status === 'failed' ? 'failed in part, recorded' : STATUSES[status];
    const recorded = [what, ...(versionId ? [versionId.slice(0, 12)] : [])].join(' ');
    lines.push(`  ${serviceId} · ${termsType}: ${[recorded, secondFetchText(outcome) ?? []].flat().join(', ')}`);
  }
  const failed = outcomes.filter(({ failures }) => failures.length > 0);
  if (failed.length > 0) {
    const shown = failed.flatMap(({ serviceId, termsType, failures }) =>
      failures.map((failure) => ({ ...failure, serviceId, termsType })),
    );
    lines.push('', bold(`Failed: ${failed.length}`), '', failuresAsText(shown, stream));
  }
  return `${lines.join('\n')}\n`;
}

/** The same for programs: a line for each terms, then one for the run. Shapes: docs/command-line.md. */
export function runAsJsonLines({ runId, startedAt, endedAt, outcomes }: RunReport): string {
  const lines = outcomes.map((outcome) => JSON.stringify({ kind: 'terms', ...outcome }));
  const counts = Object.fromEntries(
    Object.keys(STATUSES).map((status) => [status, outcomes.filter((outcome) => outcome.status === status).length]),
  );
  lines.push(JSON.stringify({ kind: 'run', runId, startedAt, endedAt, terms: outcomes.length, ...counts }));
  return `${lines.join('\n')}\n`;
}

export const formatSeconds = (seconds: number): string =>
  seconds < 90 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
