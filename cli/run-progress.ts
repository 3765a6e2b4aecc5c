import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import type { TermsOutcome } from '../crawler/outcome.ts';
import type { RunListener, RunPhase } from '../crawler/run.ts';

const PHASE_NAMES: Record<RunPhase, string> = {
  upgrade: 'Checking for technical upgrades',
  track: 'Tracking',
  retry: 'Trying again',
  'second-fetch': 'Fetching changes again',
};

/** A bar a phase on the terminal, with counts and the time left; silent where stderr is no terminal. */
export function createRunProgress(stream: NodeJS.WriteStream = process.stderr): RunListener & { stop(): void } {
  if (!stream.isTTY) return { stop: () => {} };
  const bars = new MultiBar(
    {
      stream,
      format:
        '{phase} {bar} {value}/{total} · {first} new · {changed} changed · {unchanged} unchanged · {failed} failed · {eta_formatted} left',
      hideCursor: true,
      gracefulExit: false,
    },
    Presets.rect,
  );
  let bar: SingleBar | undefined;
  let counts: Record<TermsOutcome['status'], number>;
  return {
    onPhase(phase, total) {
      bar?.stop();
      counts = { first: 0, changed: 0, upgraded: 0, unchanged: 0, failed: 0 };
      bar = bars.create(total, 0, { phase: PHASE_NAMES[phase], ...counts });
    },
    onTerms(_phase, outcome) {
      if (outcome) counts[outcome.status]++;
      bar?.increment(1, { ...counts, changed: counts.changed + counts.upgraded });
    },
    stop() {
      bars.stop();
    },
  };
}
