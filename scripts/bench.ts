import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { parseArgs, promisify } from 'node:util';
import { type Benchmark, round } from '../tests/bench/figures.ts';

/**
 * Runs the benchmarks of tests/bench, all or the named ones, and writes what they measured to docs/benchmarks.md. `--data DIR`
 * is for those that can use a folder with `versions` and an index that is there already.
 */
const { positionals, values } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' } } });
const further = values.data === undefined ? [] : [`--data=${values.data}`];
const run = promisify(execFile);
const directory = new URL('../tests/bench/', import.meta.url);
const report = new URL('../docs/benchmarks.md', import.meta.url);

const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)} at the beginning`;

// A benchmark is a file that reports; the others are its parts.
const names: string[] = [];
for (const file of (await readdir(directory)).filter((name) => name.endsWith('.ts')).sort()) {
  const source = await readFile(new URL(file, directory), 'utf8');
  if (/^ *(await )?report\(/m.test(source)) names.push(file.replace(/\.ts$/, ''));
}
const chosen = positionals.length > 0 ? positionals : names;
const unknown = chosen.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`No benchmark called ${unknown.join(', ')}. There are: ${names.join(', ')}.\n`);
  process.exit(2);
}

const sections = new Map<string, string>();
for (const section of (await readFile(report, 'utf8').catch(() => '')).split(/^(?=## )/m).slice(1)) {
  const name = /<!-- (\S+) -->/.exec(section)?.[1];
  if (name && names.includes(name)) sections.set(name, section.trimEnd());
}
for (const name of chosen) {
  process.stderr.write(`${name} …\n`);
  const started = performance.now();
  const { stdout, stderr } = await run(process.execPath, [`tests/bench/${name}.ts`, '--json', ...further], {
    maxBuffer: 2 ** 26,
  });
  process.stderr.write(stderr);
  // What builds write comes before it.
  const benchmark: Benchmark = JSON.parse(stdout.split('\n').findLast((line) => line.startsWith('{')) ?? '');
  // What it needs is not here, as it has said.
  if (benchmark.figures.length === 0) process.stderr.write(`${name}: skipped\n`);
  else sections.set(name, asSection(name, benchmark));
  process.stderr.write(`${name}: ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
}
await writeFile(
  report,
  `# Benchmarks

Written by \`npm run bench\`; \`npm run bench -- NAME\` measures one again and keeps the others. Machines differ and this
kind is shared and noisy: the ratios, each to a baseline of the same run unless its meaning says otherwise, tell more
than the figures.

${[...sections.entries()]
  .sort(([a], [b]) => a.localeCompare(b))
  .map(([, section]) => section)
  .join('\n\n')}
`,
);

function asSection(name: string, { name: title, figures }: Benchmark): string {
  const rows = figures.map(
    ({ label, value, unit, baseline, ratio, meaning }) =>
      `| ${label} | ${round(value)} ${unit} | ${baseline === undefined ? '' : `${round(baseline)} ${unit}`} | ${ratio === undefined ? '' : `${round(ratio)} ×`} | ${meaning} |`,
  );
  return `## ${title}\n<!-- ${name} -->\n\n${new Date().toISOString().slice(0, 10)} · ${machine}\n\n| | measured | baseline | ratio | meaning |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}`;
}
