import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const project = new URL('../../', import.meta.url).pathname;

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command in a process of its own, standing in `cwd`. */
function run(command: 'validate' | 'config', args: readonly string[], cwd: string, env = {}): Promise<Outcome> {
  const script = `
    const { ${command}Command } = await import(${JSON.stringify(`file://${project}cli/${command}.ts`)});
    await ${command}Command().parseAsync(process.argv.slice(1), { from: 'user' });`;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--input-type=module', '--eval', script, '--', ...args],
      { cwd, env: { PATH: process.env.PATH, ...env }, maxBuffer: 2 ** 24 },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

async function collection(files: Record<string, unknown>): Promise<string> {
  const directory = await temporaryDirectory();
  await mkdir(join(directory, 'declarations'));
  await mkdir(join(directory, 'config'));
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return directory;
}

const METADATA = 'id: x\nname: X\ntagline: X\nlanguages: [en]\njurisdictions: [EU]\n';
const service = (declaration: object): object => ({ name: 'Example', terms: { 'Privacy Policy': declaration } });
const GOOD = { fetch: 'https://service.example/privacy', select: 'main' };

test('validate lists every fault by file, and says so by its exit code', async () => {
  const directory = await collection({
    'declarations/A.json': service({ ...GOOD, filter: ['tidy'], remvoe: 'nav' }),
    'declarations/B.json': '{"name": }',
    'declarations/C.json': service(GOOD),
    'metadata.yml': 'id: x',
    'config/production.json': { '@opentermsarchive/engine': { trackingSchedule: 'daily' } },
  });
  const { code, stdout, stderr } = await run('validate', [], directory);
  expect(stdout).toBe(`declarations/A.json
  fault terms["Privacy Policy"].remvoe is not a known key; expected fetch, select, remove, filter, executeClientScripts
      → Did you mean "remove"?
  fault terms["Privacy Policy"].filter[0] no filter function is called “tidy”: it is neither built in nor exported by the service's filters file
      → Export a function tidy from the service's .filters.js file.

declarations/B.json
  fault not JSON, at line 1, column 10: expected a value, found "}"
      → Correct the syntax there or just before.

metadata.yml
  fault name is missing; expected a text
      → Correct it; the format is that of Open Terms Archive.
  fault tagline is missing; expected a text
      → Correct it; the format is that of Open Terms Archive.
  fault languages is missing; expected a list
      → Correct it; the format is that of Open Terms Archive.
  fault jurisdictions is missing; expected a list
      → Correct it; the format is that of Open Terms Archive.

config/production.json
  fault trackingSchedule the setting schedule (config/production.json, trackingSchedule) is the text "daily"; expected a cron expression such as "30 */12 * * *"
      → Correct it, or take it out for the default.

2 services, 2 terms: 8 faults.
`);
  expect([code, stderr]).toEqual([1, '']);
});

test('validate --schema-only does not look for functions, and says so; --json for programs', async () => {
  const directory = await collection({
    'declarations/A.json': service({ ...GOOD, filter: ['tidy'] }),
    'metadata.yml': METADATA,
  });
  const text = await run('validate', ['--schema-only'], directory);
  expect(text).toEqual({
    code: 0,
    stdout:
      '1 service, 1 terms: 0 faults.\nSchema only: whether the filter functions of services exist was not checked.\n',
    stderr: '',
  });
  const { code, stdout } = await run('validate', ['--json', '--services', 'A,Bee'], directory);
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { kind: 'fault', service: 'Bee', file: 'declarations/Bee.json', severity: 'fault' },
    { kind: 'fault', service: 'A', path: 'terms["Privacy Policy"].filter[0]', hint: expect.any(String) },
    { kind: 'summary', services: 1, terms: 1, faults: 2, warnings: 0, checkedFilterFunctions: true },
  ]);
  expect(code).toBe(1);
});

test('validate lists the faults of domains.yml, against all declared services', async () => {
  const directory = await collection({
    'declarations/A.json': service(GOOD),
    'declarations/B.json': service(GOOD),
    'metadata.yml': METADATA,
    'domains.yml': 'a.example: A\nb.example: [B, C]\nhttps://c.example/: A\n',
  });
  const { code, stdout } = await run('validate', ['--services', 'A'], directory);
  expect(stdout).toBe(`domains.yml
  fault ["b.example"] no service “C” is declared
      → Did you mean “A”?
  fault ["https://c.example/"] at line 3: is an address, not a host
      → Write the host alone: c.example

1 service, 1 terms: 2 faults.
`);
  expect(code).toBe(1);
});

test('validate --modified checks what differs from the last commit', async () => {
  const directory = await collection({
    'declarations/Old.json': service({ fetch: 'nowhere' }),
    'declarations/Changed.json': service(GOOD),
    'declarations/Gone.json': service(GOOD),
    'metadata.yml': METADATA,
  });
  const git = (...args: string[]): Buffer =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@t.invalid', ...args], { cwd: directory });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'all');
  await writeFile(join(directory, 'declarations/Changed.filters.js'), 'export function tidy() {}');
  await writeFile(join(directory, 'declarations/New.json'), JSON.stringify(service({ ...GOOD, select: 3 })));
  git('rm', '--quiet', 'declarations/Gone.json');
  // npm sets EDITOR for every script, and simple-git refuses to start beside it.
  const { code, stdout } = await run('validate', ['--modified', '--json'], directory, { EDITOR: 'vi', PAGER: 'less' });
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { kind: 'fault', service: 'New' },
    { kind: 'summary', services: 2, terms: 1, faults: 1 },
  ]);
  expect(code).toBe(1);
});

test('config prints each setting with its origin, and what was ignored', async () => {
  const directory = await collection({
    'config/production.json': {
      '@opentermsarchive/engine': { trackingSchedule: '0 6 * * *', reporter: { type: 'x' } },
    },
  });
  const env = { CLAUSEWATCH_HOST_PAUSE: '5' };
  const text = await run('config', ['--collection', directory], '/', env);
  expect(text.code).toBe(0);
  expect(text.stdout).toMatch(/^ {2}schedule +0 6 \* \* \* +config\/production\.json$/m);
  expect(text.stdout).toMatch(/^ {2}hostPause +5 +environment CLAUSEWATCH_HOST_PAUSE$/m);
  expect(text.stdout).toMatch(/^Ignored:\n {2}reporter\.type +config\/production\.json +Clausewatch does not use it$/m);

  const json = await run('config', ['--collection', directory, '--json'], '/', { CLAUSEWATCH_HOST_PAUSE: 'x' });
  const lines = json.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toContainEqual({ kind: 'setting', key: 'contact', value: null, origin: 'default' });
  expect(lines.at(-1)).toMatchObject({ kind: 'fault', path: 'CLAUSEWATCH_HOST_PAUSE' });
  expect(json.code).toBe(1);
});

const contrib = join(project, '../shared/data/contrib-declarations');
const isAbsent = !existsSync(contrib);

test.skipIf(isAbsent)(
  `validate on a real collection whose filter functions are absent${isAbsent ? ' (skipped: ../shared/data is absent)' : ''}`,
  async () => {
    const schema = await run('validate', ['--collection', contrib, '--schema-only'], project);
    expect(schema.stdout).toContain('379 services, 816 terms: 0 faults, 29 warnings.\nSchema only: ');
    expect(schema.code).toBe(0);
    const whole = await run('validate', ['--collection', contrib], project);
    expect(whole.stdout).toContain('379 services, 816 terms: 110 faults, 29 warnings.\n');
    expect(whole.code).toBe(1);
  },
);

test('validate --configuration lists every fault of that file, and paths that lead nowhere', async () => {
  const directory = await collection({
    'faulty.yml': 'colections: {}\ncollections: {a: {tracked: true}, B: {versions: "ext::x"}}',
    'lost.yml': 'collections: {a: {versions: ../gone.git}}\nlists: lists.yml',
  });
  const faulty = await run('validate', ['--configuration', 'faulty.yml'], directory);
  expect(faulty.code).toBe(1);
  expect(faulty.stdout.match(/^ {2}fault (\S+)/gm)?.sort()).toEqual([
    ...['  fault colections', '  fault collections.B', '  fault collections.B.versions', '  fault collections.a'],
  ]);
  expect(faulty.stdout).toContain('faulty.yml: 4 faults.');
  const lost = await run('validate', ['--configuration', 'lost.yml', '--json'], directory);
  expect(lost.code).toBe(0);
  const said = lost.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(said.map(({ path, severity }) => [path, severity]).slice(0, -1)).toEqual([
    ['collections.a.versions', 'warning'],
    ['lists', 'warning'],
  ]);
  expect(said[0].message).toMatch(/gone\.git is not there$/);
  expect(said.at(-1)).toEqual({ kind: 'summary', collections: 1, faults: 0, warnings: 2 });
  const absent = await run('validate', ['--configuration', 'absent.yml'], directory);
  expect([absent.code, absent.stdout]).toEqual([1, expect.stringContaining('fault is not there')]);
});
