import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import type { MirroredPart, MirrorProgress } from '../archive/collections/refresh-mirrors.ts';
import type { FetchProgress } from '../archive/git/fetch-progress.ts';

const PART_NAMES: Record<MirroredPart, string> = {
  declarations: 'Declarations',
  versions: 'Versions',
  snapshots: 'Snapshots',
};

const STEP_NAMES: Record<FetchProgress['part'], string> = {
  preparing: 'preparing there',
  receiving: 'receiving',
  resolving: 'unpacking',
  checking: 'checking',
};

/** A bar for each step of a fetch on the terminal; silent where stderr is no terminal. */
export function createMirrorProgress(stream: NodeJS.WriteStream = process.stderr): {
  show(fetched: MirrorProgress): void;
  stop(): void;
} {
  if (!stream.isTTY) return { show: () => {}, stop: () => {} };
  const bars = new MultiBar(
    { stream, format: '{part} {bar} {percentage} % · {step} {detail}', hideCursor: true, gracefulExit: false },
    Presets.rect,
  );
  let shown: string | undefined;
  let bar: SingleBar | undefined;
  return {
    show({ part, progress: { part: step, percent, detail } }) {
      if (percent === undefined) return;
      const facts = { part: PART_NAMES[part].padEnd(12), step: STEP_NAMES[step], detail: detail ?? '' };
      const name = `${part} ${step}`;
      if (name !== shown) {
        bar?.stop();
        shown = name;
        bar = bars.create(100, percent, facts);
      }
      bar?.update(percent, facts);
    },
    stop: () => bars.stop(),
  };
}
