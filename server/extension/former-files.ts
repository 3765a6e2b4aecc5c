import type { Pause } from '../../archive/pause.ts';
import { changedKeys, deltaTo } from './changed-lines.ts';
import type { BuiltFile } from './extension-file.ts';

/**
 * The former states of one file (index or services), as far as they are remembered: not their bytes, but which lines
 * differed from one to the next, so that hundreds of states of a file of many megabytes take little.
 */
export interface FormerFiles {
  /** Makes a file the current one. */
  add(file: BuiltFile, pause: Pause): Promise<void>;
  /**
   * What makes a former file the current one.
   *
   * @returns undefined where the former one is not remembered, `to` is not the current one, or the whole is hardly longer
   */
  delta(from: string, to: string): Promise<string | undefined>;
}

interface Step {
  readonly from: string;
  readonly changed: readonly string[];
}

/** States and changed lines that are remembered of one file. */
export interface FormerLimits {
  readonly states: number;
  readonly lines: number;
}

const LIMITS: FormerLimits = { states: 2_000, lines: 200_000 };
/** A longer delta is not worth more requests than one. */
const MOST_OF_WHOLE = 0.5;

export function createFormerFiles(createPause: () => Pause, limits: FormerLimits = LIMITS): FormerFiles {
  let current: BuiltFile | undefined;
  /** Oldest first; each leads to the next, the last one to the current file. */
  const steps: Step[] = [];
  let made = new Map<string, Promise<string | undefined>>();

  async function make(file: BuiltFile, from: number): Promise<string | undefined> {
    const keys = new Set(steps.slice(from).flatMap(({ changed }) => changed));
    const delta = await deltaTo(file.content, keys, createPause());
    return Buffer.byteLength(delta) > file.bytes * MOST_OF_WHOLE ? undefined : delta;
  }

  return {
    async add(file, pause) {
      if (current?.sha256 === file.sha256) return;
      const changed = current && (await changedKeys(current.content, file.content, pause));
      if (current && changed) steps.push({ from: current.sha256, changed });
      let lines = steps.reduce((sum, step) => sum + step.changed.length, 0);
      while (steps.length > limits.states || lines > limits.lines) lines -= steps.shift()?.changed.length ?? lines;
      current = file;
      made = new Map();
    },
    async delta(from, to) {
      if (!current || current.sha256 !== to || from === to) return undefined;
      const place = steps.findLastIndex((step) => step.from === from);
      if (place === -1) return undefined;
      const known = made.get(from) ?? make(current, place);
      made.set(from, known);
      return known;
    },
  };
}
