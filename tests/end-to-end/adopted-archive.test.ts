import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openRecords } from '../../archive/git/records-archive.ts';
import { parseMessage } from '../../archive/records/message.ts';
import { parseRecordPath } from '../../archive/records/path.ts';
import { bundledArchive } from '../helpers/bundled-archive.ts';
import { startSite } from '../helpers/local-site.ts';
import { clausewatch, jsonLines, makeCollection, projectDirectory, termsPage } from '../helpers/program.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const shared = join(projectDirectory, '..', 'shared', 'data');
const isThere = existsSync(join(shared, 'demo-snapshots.bundle'));

const git = (directory: string, ...args: string[]): string =>
  execFileSync('git', ['-C', directory, '-c', 'core.quotePath=false', ...args], {
    encoding: 'utf8',
    stdio: 'pipe',
    maxBuffer: 2 ** 28,
  }).trimEnd();

/** Path and hash of every file: refs, objects, git's index, records. */
const fingerprint = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => `${file} ${createHash('sha1').update(readFileSync(file)).digest('hex')}`);

/**
 * What is promised of both repositories after every command.
 *
 * @param isLast nothing follows that looks at every byte: reading all of the snapshots takes nine seconds.
 */
function expectContinued(data: string, heads: Readonly<Record<string, string>>, isLast = true): void {
  const depth = isLast ? [] : ['--connectivity-only'];
  for (const [name, head] of Object.entries(heads)) {
    const repository = join(data, name);
    expect(git(repository, 'merge-base', head, 'HEAD'), 'the history there was is kept').toBe(head);
    expect(git(repository, 'fsck', '--no-dangling', '--no-progress', ...depth)).toBe('');
    const isBare = git(repository, 'rev-parse', '--is-bare-repository') === 'true';
    if (!isBare) expect(git(repository, 'status', '--porcelain')).toBe('');
  }
}

interface Added {
  readonly subject: string;
  readonly message: string;
  readonly dates: readonly string[];
  readonly paths: readonly string[];
}

/** Commits since one, oldest first. */
function added(repository: string, since: string): Added[] {
  const ids = git(repository, 'rev-list', '--reverse', `${since}..HEAD`).split('\n').filter(Boolean);
  return ids.map((id) => {
    const message = git(repository, 'log', '-1', '--format=%B', id);
    return {
      subject: message.split('\n')[0] ?? '',
      message,
      dates: git(repository, 'log', '-1', '--format=%at %ct', id).split(' '),
      paths: git(repository, 'show', '--format=', '--name-only', id).split('\n'),
    };
  });
}

/** Gives every location a host that can never be resolved; a location alone makes no technical upgrade. */
function makeUnreachable(declarations: string): void {
  for (const name of readdirSync(declarations)) {
    const file = join(declarations, name);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/("fetch": *"https?:\/\/[^/"]+)/g, '$1.invalid'));
  }
}

describe.skipIf(!isThere)('the demo archive of Open Terms Archive, adopted (needs ../shared/data)', () => {
  // Versions with a work tree, as OTA's server has them; snapshots bare, as a mirror has them.
  async function adopt(): Promise<{ collection: string; data: string; heads: Record<string, string> }> {
    const collection = await temporaryDirectory();
    cpSync(join(shared, 'demo-declarations'), collection, { recursive: true });
    const data = join(collection, 'data');
    mkdirSync(data);
    git(data, 'clone', '--quiet', bundledArchive('demo-versions'), 'versions');
    git(data, 'clone', '--quiet', '--bare', bundledArchive('demo-snapshots'), 'snapshots');
    const headOf = (name: string): string => git(join(data, name), 'rev-parse', 'HEAD');
    return { collection, data, heads: { versions: headOf('versions'), snapshots: headOf('snapshots') } };
  }

  let place: Awaited<ReturnType<typeof adopt>>;
  const run = (...args: string[]): ReturnType<typeof clausewatch> =>
    clausewatch([...args, '--collection', place.collection, '--json']);

  test('is rehearsed, upgraded once, and tracked on', async () => {
    place = await adopt();
    const { data, heads } = place;
    const before = fingerprint(data);

    const rehearsal = await run('upgrade', '--dry-run');
    expect(rehearsal, rehearsal.stderr).toMatchObject({ code: 0, stderr: '' });
    expect(fingerprint(data)).toEqual(before);
    const rehearsed = jsonLines(rehearsal.stdout);
    expect(rehearsed.find(({ kind }) => kind === 'run')).toMatchObject({
      terms: 19,
      upgraded: 1,
      unchanged: 18,
      failed: 0,
    });
    // The one record of an engine before the eighth that is still the latest: blanks after the signs of lists.
    const differences = rehearsed.filter(({ kind }) => kind === 'difference');
    expect(differences).toMatchObject([{ serviceId: 'Brevo', termsType: 'Privacy Policy', isTechnicalUpgrade: true }]);
    const plain = (text: unknown): string =>
      String(text)
        .replace(/^(\s*)\* +/gm, '$1* ')
        .replace(/[ \t]+$/gm, '');
    expect(plain(differences[0]?.after)).toBe(plain(differences[0]?.before));
    const shown = await clausewatch(['upgrade', '--dry-run', '--collection', place.collection]);
    expect(shown.stdout).toMatch(
      /Brevo · Privacy Policy: technical upgrade, not recorded \(dry run\)\n.*\n {2}\*\[- -\]\{\+ {3}\+\}/,
    );

    const upgrade = await run('upgrade');
    expect(jsonLines(upgrade.stdout).filter(({ status }) => status === 'upgraded')).toHaveLength(1);
    expectContinued(data, heads, false);
    const former = git(
      join(data, 'versions'),
      'log',
      '-1',
      '--format=%at %B',
      `${heads.versions}`,
      '--',
      'Brevo/Privacy Policy.md',
    );
    const formerSnapshot = parseMessage(former.slice(11))?.snapshotIds[0] ?? '';
    const [record, ...more] = added(join(data, 'versions'), heads.versions ?? '');
    expect(more).toEqual([]);
    expect(record).toEqual({
      subject: 'Apply technical or declaration upgrade on Brevo Privacy Policy',
      message: expect.stringMatching(
        new RegExp(
          `\\n\\nThis version was recorded after extracting from snapshot https://github.com/OpenTermsArchive/demo-snapshots/commit/${formerSnapshot}\\n\\nX-engine-version: clausewatch/[\\d.]+$`,
        ),
      ),
      dates: Array(2).fill(git(join(data, 'snapshots'), 'log', '-1', '--format=%at', formerSnapshot)),
      paths: ['Brevo/Privacy Policy.md'],
    });
    expect(git(join(data, 'versions'), 'show', 'HEAD:Brevo/Privacy Policy.md')).toBe(
      String(differences[0]?.after).trimEnd(),
    );
    expect(added(join(data, 'snapshots'), heads.snapshots ?? '')).toEqual([]);

    const head = git(join(data, 'versions'), 'rev-parse', 'HEAD');
    const again = await run('upgrade');
    expect(jsonLines(again.stdout)).toMatchObject([{ kind: 'run', terms: 0 }]);
    expect(git(join(data, 'versions'), 'rev-parse', 'HEAD')).toBe(head);

    await expectTrackedOffline(data, head, heads);
  });

  /**
   * With no network no snapshot is recorded. The snapshots go on for two months after the last version here, and five
   * of the latest hold changes that no version has: those are the services' own.
   */
  async function expectTrackedOffline(data: string, head: string, heads: Record<string, string>): Promise<void> {
    makeUnreachable(join(place.collection, 'declarations'));
    const { code, stdout } = await run('track');
    expect(code).toBe(3);
    const terms = jsonLines(stdout).filter(({ kind }) => kind === 'terms');
    expect(terms).toHaveLength(19);
    for (const { failures } of terms) {
      const [failure] = failures as { stage: string; message: string }[];
      expect(failure).toMatchObject({ stage: 'fetch', message: expect.stringMatching(/https:\/\//) });
    }
    expectContinued(data, heads);
    expect(added(join(data, 'snapshots'), heads.snapshots ?? '')).toEqual([]);
    const records = added(join(data, 'versions'), head);
    expect(records.map(({ subject }) => subject).sort()).toEqual([
      'Record new changes of Buffer Developer Terms',
      'Record new changes of Buffer Privacy Policy',
      'Record new changes of GitHub Terms of Service',
      'Record new changes of Open Collective Terms of Service',
      'Record new changes of UptimeRobot Privacy Policy',
    ]);
    for (const { message, paths, dates } of records) {
      const parsed = parseMessage(message);
      expect(parsed).toMatchObject({ kind: 'change', snapshotIds: [expect.stringMatching(/^[0-9a-f]{40}$/)] });
      const taken = git(join(data, 'snapshots'), 'log', '-1', '--format=%at', parsed?.snapshotIds[0] ?? '');
      expect(dates).toEqual([taken, taken]);
      expect(paths.map((path) => parseRecordPath(path)?.termsType)).toEqual([expect.stringMatching(/^[A-Z]/)]);
    }
    const second = await run('track');
    expect(second.code).toBe(3);
    expect(added(join(data, 'versions'), head)).toHaveLength(records.length);
  }
});

test('combined terms of our own tracker are read back, and adopted without their ledger', async () => {
  const site = await startSite({
    '/rules': termsPage('Rules.'),
    '/annex/fees.html': termsPage('Fees.'),
    '/more': termsPage('More.'),
  });
  onTestFinished(() => site.close());
  const combine = [{ fetch: `${site.origin}/rules` }, { fetch: `${site.origin}/annex/fees.html`, remove: 'h1' }];
  const declared = { 'Terms of Service': { select: 'main', combine } };
  const collection = await makeCollection({ 'Zinc & Söhne': declared });
  const env = { CLAUSEWATCH_ALLOW_ADDRESSES: site.address };
  const data = join(collection, 'data');
  const run = async (command: string): Promise<Record<string, unknown>[]> =>
    jsonLines((await clausewatch([command, '--collection', collection, '--json'], { env })).stdout);
  expect(await run('track')).toMatchObject([{ status: 'first' }, { kind: 'run' }]);

  const records = await openRecords({
    snapshotsDirectory: join(data, 'snapshots'),
    versionsDirectory: join(data, 'versions'),
    author: { name: 'Test', email: 'test@clausewatch.example' },
    engineVersion: 'clausewatch/test',
    write: false,
  });
  const version = await records.latestVersion('Zinc & Söhne', 'Terms of Service');
  const members = await Promise.all((version?.snapshotIds ?? []).map((id) => records.snapshot(id)));
  await records.close();
  expect(members).toMatchObject([
    { documentId: 'rules', location: `${site.origin}/rules`, mimeType: 'text/html', isFirstRecord: true },
    { documentId: 'annex-fees', location: `${site.origin}/annex/fees.html`, isFirstRecord: true },
  ]);
  const text = git(join(data, 'versions'), 'show', 'HEAD:Zinc & Söhne/Terms of Service.md');
  expect(text).toMatch(/^Terms\n=====\n\nRules\.[\s\S]*\n\n- - -\n\nFees\./);

  const head = git(join(data, 'versions'), 'rev-parse', 'HEAD');
  for (const name of readdirSync(data).filter((name) => name.startsWith('ledger'))) rmSync(join(data, name));
  expect(await run('upgrade')).toMatchObject([
    { status: 'unchanged', failures: [] },
    { kind: 'run', upgraded: 0 },
  ]);
  expect(git(join(data, 'versions'), 'rev-parse', 'HEAD')).toBe(head);
  // Another order and one member more, again without a ledger: only that one is fetched.
  for (const name of readdirSync(data).filter((name) => name.startsWith('ledger'))) rmSync(join(data, name));
  combine.reverse().push({ fetch: `${site.origin}/more` });
  writeFileSync(
    join(collection, 'declarations', 'Zinc & Söhne.json'),
    JSON.stringify({ name: 'Zinc & Söhne', terms: declared }),
  );
  site.paths.length = 0;
  expect(await run('upgrade')).toMatchObject([
    { status: 'upgraded', failures: [] },
    { kind: 'run', upgraded: 1 },
  ]);
  expect(site.paths).toEqual(['/more']);
  expect(git(join(data, 'versions'), 'show', 'HEAD:Zinc & Söhne/Terms of Service.md')).toMatch(
    /^Fees\.[\s\S]*Rules\.[\s\S]*More\./,
  );
  expectContinued(data, { versions: head });
});
