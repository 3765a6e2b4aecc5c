import type { RunKind, RunReport } from '../crawler/run.ts';
import { describeError } from './describe-error.ts';
import { EXIT } from './exit-codes.ts';
import { abortOnSignals, InterruptedError } from './interruption.ts';
import { loadCollection, selectServices } from './load-collection.ts';
import { resolveFromCaller } from './options.ts';
import { redlineAsText } from './redline-text.ts';
import { describeRun, runAsJsonLines } from './report.ts';
import { createRunProgress } from './run-progress.ts';
import { openTracker } from './tracker.ts';

export interface RunCommandOptions {
  readonly collection: string;
  readonly data?: string;
  readonly services?: readonly string[];
  readonly types?: readonly string[];
  readonly allowAddress?: readonly string[];
  readonly publish?: boolean;
  readonly secondFetch?: string;
  readonly secondFetchWait?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** One run for a person or a script: bar on stderr, summary on stdout, exit code by the outcome. */
export async function runOnce(kind: RunKind, options: RunCommandOptions): Promise<void> {
  const collection = await loadCollection(resolveFromCaller(options.collection), options);
  const services = selectServices(collection, options.services, options.types);
  const { signal, dispose } = abortOnSignals(EXIT.interrupted);
  const progress = createRunProgress();
  const tracker = await openTracker(collection, {
    lock: kind,
    dryRun: options.dryRun ?? false,
    signal,
    warn: (message) => process.stderr.write(`warning: ${message}\n`),
  });
  try {
    const completed = await tracker.run({ kind, services, termsTypes: options.types, listener: progress });
    const report = options.dryRun ? withoutIds(completed) : completed;
    progress.stop();
    process.stdout.write(options.json ? runAsJsonLines(report) : describeRun(report, process.stdout));
    for (const { draft, before } of tracker.rehearsed) {
      const { serviceId, termsType, isTechnicalUpgrade } = draft;
      if (options.json) {
        process.stdout.write(
          `${JSON.stringify({ kind: 'difference', serviceId, termsType, isTechnicalUpgrade, before, after: draft.content })}\n`,
        );
        continue;
      }
      const what = before === undefined ? 'first record' : isTechnicalUpgrade ? 'technical upgrade' : 'change';
      process.stdout.write(`\n${serviceId} · ${termsType}: ${what}, not recorded (dry run)\n`);
      if (before !== undefined) process.stdout.write(`${redlineAsText(before, draft.content, process.stdout)}\n`);
    }
    if (report.outcomes.some(({ failures }) => failures.length > 0)) process.exitCode = EXIT.someTermsFailed;
  } catch (error) {
    progress.stop();
    if (!(error instanceof InterruptedError)) throw error;
    process.stderr.write(`${describeError(error)} What was recorded until then is kept.\n`);
    process.exitCode = EXIT.interrupted;
  } finally {
    await tracker.close();
    dispose();
  }
}

/** A rehearsal's versions have no commits that could be named. */
const withoutIds = (report: RunReport): RunReport => ({
  ...report,
  outcomes: report.outcomes.map((outcome) => ({ ...outcome, versionId: undefined })),
});
