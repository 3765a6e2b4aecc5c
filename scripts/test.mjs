// `npm test`: lint, types, structure and unit, end to end; the first stage that fails ends it. `npm test -- NAME…`
// passes file name parts on to the two stages of tests. The last lines name what failed and sum up, for people and CI.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = mkdtempSync(join(tmpdir(), 'clausewatch-test-'));
const counts = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const names = process.argv.slice(2);
// As the program does for itself: threads and programs that the tests start need not read TypeScript again each time,
// which was a quarter of the processor time of a test that starts many.
const env = { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'clausewatch'), ...process.env };

const vitest = (name, projects = [name]) => ({
  name,
  command: 'vitest/vitest.mjs',
  args: [
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(reports, name)}`,
    ...(names.length > 0 ? ['--passWithNoTests', ...names] : []),
  ],
  report: join(reports, name),
});

const stages = [
  { name: 'lint', command: '@biomejs/biome/bin/biome', args: ['check', '.'] },
  { name: 'types', command: 'typescript/bin/tsc', args: ['--noEmit'] },
  vitest('unit', ['unit', 'shared', 'extension']),
  vitest('end-to-end'),
];

let failedStage;
try {
  for (const stage of stages) {
    process.stdout.write(`\n── ${stage.name} ${'─'.repeat(Math.max(0, 60 - stage.name.length))}\n`);
    const ended = await run(stage);
    const failed = stage.report ? addReport(stage.report, ended) : 0;
    if (!stage.report && !ended) counts.failed += 1;
    if (!ended || failed > 0) {
      failedStage = stage.name;
      break;
    }
  }
} finally {
  rmSync(reports, { recursive: true, force: true });
}

if (failedStage) {
  const named = failures.map((failure) => `\n  ${failure}`).join('');
  process.stdout.write(`\nStopped: ${failedStage} failed${named ? `:${named}` : '.'}\n`);
}
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
process.exitCode = failedStage ? 1 : 0;

function run({ command, args }) {
  return new Promise((resolve, reject) => {
    const script = join(root, 'node_modules', command);
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code === 0));
  });
}

/** Adds a stage's figures; a file that could not even be loaded, or no report at all, counts as one failure. */
function addReport(file, endedWell) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    if (!endedWell) counts.failed += 1;
    return 0;
  }
  const unloadable = report.testResults.filter((one) => one.status === 'failed' && one.assertionResults.length === 0);
  const failed = report.numFailedTests + unloadable.length;
  for (const { name, assertionResults } of report.testResults) {
    const file = relative(root, name);
    for (const { status, fullName, failureMessages } of assertionResults) {
      if (status === 'failed') failures.push(`${file}: ${fullName}\n    ${firstLine(failureMessages.join('\n'))}`);
    }
  }
  for (const { name, message } of unloadable) {
    failures.push(`${relative(root, name)}: could not be loaded\n    ${firstLine(message)}`);
  }
  counts.passed += report.numPassedTests;
  counts.failed += failed === 0 && !endedWell ? 1 : failed;
  counts.skipped += report.numPendingTests + report.numTodoTests;
  return failed;
}

function firstLine(text = '') {
  return text.split('\n', 1)[0].slice(0, 300);
}
