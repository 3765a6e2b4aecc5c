import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import type { IndexProgress } from '../archive/index/update-index.ts';

const PART_NAMES: Record<IndexProgress['part'], string> = {
  records: 'Records',
  analysis: 'Changes',
  text: 'Text',
  lines: 'Lines',
};

/** A bar for each part of an index on the terminal, with the time left; silent where stderr is no terminal. */
export function createIndexProgress(stream: NodeJS.WriteStream = process.stderr): {
  show(progress: IndexProgress): void;
  stop(): void;
} {
  if (!stream.isTTY) return { show: () => {}, stop: () => {} };
  const bars = new MultiBar(
    {
      stream,
      format: '{part} {bar} {value}/{total} · {eta_formatted} left',
      hideCursor: true,
      gracefulExit: false,
      etaBuffer: 50,
    },
    Presets.rect,
  );
  let part: IndexProgress['part'] | undefined;
  let bar: SingleBar | undefined;
  return {
    show({ part: current, done, total }) {
      if (current !== part) {
        bar?.update(bar.getTotal());
        bar?.stop();
        part = current;
        bar = bars.create(total, 0, { part: PART_NAMES[current].padEnd(7) });
      }
      // Where the total is not known the bar is full and counts.
      bar?.setTotal(total || done);
      bar?.update(done);
    },
    stop: () => bars.stop(),
  };
}
