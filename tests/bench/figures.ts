/** One measured value of a benchmark, in the shape that `npm run bench` collects into docs/benchmarks.md. */
export interface Figure {
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  /** What it is compared with, measured in the same run unless the meaning says otherwise. */
  readonly baseline?: number;
  /** How many times better than the baseline. */
  readonly ratio?: number;
  readonly meaning: string;
}

export interface Benchmark {
  readonly name: string;
  readonly figures: readonly Figure[];
}

/** Prints the figures: one JSON object with `--json`, else a line each. */
export function report(benchmark: Benchmark): void {
  if (process.argv.includes('--json')) {
    // In a line of its own: what builds write does not end in one.
    process.stdout.write(`\n${JSON.stringify(benchmark)}\n`);
    return;
  }
  process.stdout.write(`${benchmark.name}\n`);
  for (const { label, value, unit, baseline, ratio, meaning } of benchmark.figures) {
    const comparison =
      baseline === undefined ? '' : ` (baseline ${round(baseline)} ${unit}, ratio ${round(ratio ?? 0)})`;
    process.stdout.write(`  ${label}: ${round(value)} ${unit}${comparison}\n      ${meaning}\n`);
  }
}

export const round = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
