import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageFacts from '../../package.json' with { type: 'json' };
import { clausewatch, jsonLines, mainFile, makeCollection, projectDirectory, termsPage } from '../helpers/program.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';
import { startTerms, type TermsSite } from '../helpers/terms-site.ts';

interface Place {
  readonly site: TermsSite;
  readonly collection: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A site with two documents, and a collection with a service for each. */
async function setUp(faults: Readonly<Record<string, string>> = {}): Promise<Place> {
  const site = await startTerms({ '/brass': termsPage('Brass is paid.'), '/copper': termsPage('Copper is free.') });
  const collection = await makeCollection({
    Brass: { 'Terms of Service': { fetch: `${site.origin}/brass`, select: 'main' } },
    Copper: { 'Privacy Policy': { fetch: `${site.origin}/copper`, select: 'main' } },
    ...faults,
  });
  return { site, collection, env: { CLAUSEWATCH_ALLOW_ADDRESSES: site.address } };
}

const COMMIT = expect.stringMatching(/^[0-9a-f]{40}$/);
const DATE = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe('track', () => {
  test('says on stdout what was recorded, plainly where it is no terminal', async () => {
    const { collection, env } = await setUp();
    const { code, stdout, stderr } = await clausewatch(['track', '--collection', collection], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^2 terms in \d+\.\d s: 2 first record\n {2}Brass · Terms of Service: first record [0-9a-f]/,
    );
    expect(stdout.includes(String.fromCharCode(27))).toBe(false);
    expect(readFileSync(join(collection, 'data/versions/Brass/Terms of Service.md'), 'utf8')).toContain(
      'Brass is paid',
    );
  });

  test('prints with --json the documented objects and nothing else', async () => {
    const { site, collection, env } = await setUp();
    const track = ['track', '--collection', collection, '--json'];
    const first = jsonLines((await clausewatch(track, { env })).stdout);
    const run = { kind: 'run', startedAt: DATE, endedAt: DATE, terms: 2 };
    const none = { first: 0, changed: 0, upgraded: 0, unchanged: 0, failed: 0 };
    const brass = { kind: 'terms', serviceId: 'Brass', termsType: 'Terms of Service' };
    const copper = { kind: 'terms', serviceId: 'Copper', termsType: 'Privacy Policy' };
    expect(first).toEqual([
      { ...brass, status: 'first', versionId: COMMIT, failures: [] },
      { ...copper, status: 'first', versionId: COMMIT, failures: [] },
      { ...run, ...none, runId: 1, first: 2 },
    ]);

    site.documents['/copper'] = termsPage('Copper costs a euro.');
    delete site.documents['/brass'];
    const dry = await clausewatch([...track, '--dry-run'], { env });
    const failures = [
      {
        location: `${site.origin}/brass`,
        stage: 'fetch',
        reason: 'not-found',
        message: expect.stringContaining('404'),
        isTransient: false,
      },
    ];
    expect(jsonLines(dry.stdout)).toEqual([
      { ...brass, status: 'failed', failures },
      { ...copper, status: 'changed', failures: [] },
      { ...run, ...none, runId: 0, changed: 1, failed: 1 },
      {
        kind: 'difference',
        serviceId: 'Copper',
        termsType: 'Privacy Policy',
        isTechnicalUpgrade: false,
        before: expect.stringContaining('Copper is free.'),
        after: expect.stringContaining('Copper costs a euro.'),
      },
    ]);
    const { code, stdout } = await clausewatch(track, { env });
    expect(code).toBe(3);
    expect(jsonLines(stdout).map(({ status, runId }) => status ?? runId)).toEqual(['failed', 'changed', 2]);
  });

  test('names each failure and its next step, and gives exit code 3', async () => {
    const { site, collection, env } = await setUp();
    delete site.documents['/brass'];
    const { code, stdout } = await clausewatch(['track', '--collection', collection], { env });
    expect(code).toBe(3);
    expect(stdout).toContain('1 first record, 1 failed');
    const words = stdout.replace(/[│\s]+/g, ' ');
    expect(words).toContain('not-found');
    expect(words).toContain('answered 404');
    expect(words).toMatch(/have moved/);
  });

  test('leaves a faulty declaration out with a warning', async () => {
    const { collection, env } = await setUp({ Tin: '{"name": "Tin", "terms": {}, ' });
    const { code, stdout, stderr } = await clausewatch(['track', '--collection', collection], { env });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: declarations\/Tin\.json: not JSON, at line 1/);
    expect(stdout).toContain('2 first record');
    const named = await clausewatch(['track', '--collection', collection, '--services', 'Tin'], { env });
    expect(named.code).toBe(1);
    expect(named.stderr).toContain('“Tin” is declared with faults');
  });

  test('ends quietly when the reader of its output has gone', async () => {
    const { collection, env } = await setUp();
    const shell = `"${process.execPath}" "${mainFile}" track --json --collection "${collection}" | head -1; echo "code \${PIPESTATUS[0]}"`;
    const { code, stdout, stderr } = await clausewatch(['-c', shell], { env, command: ['bash'] });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^\{"kind":"terms".*\}\ncode 0\n$/);
    const gone = await clausewatch(['-c', shell.replace('head -1', 'true')], { env, command: ['bash'] });
    expect({ stdout: gone.stdout, stderr: gone.stderr }).toEqual({ stdout: 'code 0\n', stderr: '' });
  });

  test('writes nothing where the disk is nearly full', async () => {
    const { site, collection } = await setUp();
    const env = { CLAUSEWATCH_ALLOW_ADDRESSES: site.address, CLAUSEWATCH_DISK_FLOOR: '9007199254740991' };
    const { code, stdout, stderr } = await clausewatch(['track', '--collection', collection], { env });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^clausewatch: The disk that holds .* free; Clausewatch stops writing below .*Free some space/,
    );
    expect(existsSync(join(collection, 'data'))).toBe(false);
    expect(site.answers).toEqual([]);
  });
});

describe('what is not understood', () => {
  const cases: [string[], Record<string, string>, number, string][] = [
    [['trak'], {}, 2, 'Did you mean track?'],
    [['track', '--dry'], {}, 2, 'unknown option'],
    [['track', '--services', ','], {}, 2, 'Expected at least one name'],
    [[], {}, 2, 'Usage: clausewatch'],
    [['track', '--collection', 'COLLECTION', '--services', 'Bras'], {}, 1, 'Did you mean “Brass”?'],
    [['track', '--collection', 'COLLECTION', '--types', 'Term of Service'], {}, 1, 'Did you mean “Terms of Service”?'],
    [['track', '--collection', 'COLLECTION'], { CLAUSEWATCH_HOST_PAUSE: 'soon' }, 1, 'CLAUSEWATCH_HOST_PAUSE'],
    [['start', '--collection', 'COLLECTION', '--schedule', 'daily'], {}, 1, 'expected a cron expression'],
    [['track', '--collection', 'COLLECTION/nothing'], {}, 1, 'is not a collection'],
  ];
  test.each(cases)('%j with %j gives exit code %i', async (args, env, expected, words) => {
    const collection = await makeCollection({
      Brass: { 'Terms of Service': { fetch: 'https://brass.example/', select: 'main' } },
    });
    const { code, stdout, stderr } = await clausewatch(
      args.map((arg) => arg.replace('COLLECTION', collection)),
      { env },
    );
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(join(collection, 'data'))).toBe(false);
  });
});

test('through npm, paths start from where the person stands', async () => {
  const { collection, env } = await setUp();
  const npm = ['npm', '--prefix', projectDirectory, 'run', '-s', 'clausewatch', '--'];
  const paths = ['--collection', basename(collection), '--data', './records'];
  const said = await clausewatch(['track', ...paths, '--json'], { env, cwd: dirname(collection), command: npm });
  const records = join(dirname(collection), 'records');
  try {
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(jsonLines(said.stdout)).toHaveLength(3);
    expect(existsSync(join(records, 'versions', 'Brass', 'Terms of Service.md'))).toBe(true);
  } finally {
    execFileSync('rm', ['-rf', records]);
  }
  const failing = await clausewatch(['status', '--what'], { cwd: collection, command: npm });
  expect(failing.code).toBe(2);
});

test('validate, config, status, backup and restore, one after the other', async () => {
  const { collection, env } = await setUp();
  const at = ['--collection', collection, '--json'];
  const run = async (...args: string[]): Promise<Record<string, unknown>[]> => {
    const { code, stdout, stderr } = await clausewatch([...args, ...at], { env });
    expect(code, stderr).toBe(0);
    return jsonLines(stdout);
  };
  expect(await run('validate')).toMatchObject([
    { kind: 'fault', file: 'metadata.yml', severity: 'warning' },
    { kind: 'summary', services: 2, terms: 2, faults: 0, warnings: 1 },
  ]);
  expect(await run('config')).toContainEqual(
    expect.objectContaining({ key: 'hostPause', value: 0, origin: 'environment CLAUSEWATCH_HOST_PAUSE' }),
  );
  expect(await run('status')).toMatchObject([{ kind: 'status', tracked: false }]);
  // Kept in git, as a collection should be: the run notes which declarations it went by.
  const git = (...command: string[]): string =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@test.invalid', ...command], {
      cwd: collection,
      encoding: 'utf8',
    }).trim();
  git('init', '--quiet');
  git('add', 'declarations');
  git('commit', '--quiet', '--message', 'Declare');
  await run('track');
  expect(await run('status')).toMatchObject([
    {
      tracked: true,
      failing: [],
      lastRun: {
        status: 'completed',
        engineVersion: `clausewatch/${packageFacts.version}`,
        declarationsCommit: git('rev-parse', 'HEAD'),
      },
    },
  ]);
  const file = join(await temporaryDirectory(), 'all.tar.gz');
  expect(await run('backup', file, '--all')).toMatchObject([{ kind: 'backup', file, bytes: statSync(file).size }]);
  const elsewhere = join(await temporaryDirectory(), 'restored');
  expect(await run('restore', file, '--data', elsewhere)).toMatchObject([{ kind: 'restore', movedAside: [] }]);
  // The restored data go on where the saved ones stood.
  const [brass] = await run('track', '--data', elsewhere);
  expect(brass).toMatchObject({ serviceId: 'Brass', status: 'unchanged' });
});
