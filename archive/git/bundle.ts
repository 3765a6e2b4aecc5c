import { ArchiveError } from './archive-error.ts';
import { locateRepository } from './git-location.ts';
import { runGit } from './git-process.ts';
import { openRepository } from './repository.ts';

/** Names and commits of what a bundle, or a repository, holds. */
type References = ReadonlyMap<string, string>;

/**
 * Writes the whole history of a repository, all branches and tags as they are at this moment, to one file. May be used
 * while records are being written: git reads the branches once, and what they name is there. Remotes and configuration
 * are not in a bundle.
 *
 * @returns false, and writes nothing, where there is no commit yet: git makes no empty bundles.
 * @throws ArchiveError
 */
export async function createBundle(directory: string, file: string): Promise<boolean> {
  const location = await locateRepository(directory);
  if (!location) throw new ArchiveError(`${directory} is not a git repository; it cannot be bundled`, { directory });
  const references = await runGit(location, ['for-each-ref', '--count=1']);
  if (references.length === 0) return false;
  await runGit(location, ['bundle', 'create', '--quiet', file, '--all']);
  return true;
}

/**
 * Makes a repository with work tree at `directory` (absent or empty) from a bundle, or one without commits where `file`
 * is undefined. Git checks that all objects are there and whole; that the branches are the bundle's is compared.
 *
 * @throws ArchiveError
 */
export async function restoreBundle(file: string | undefined, directory: string): Promise<void> {
  const author = { name: 'Clausewatch', email: 'clausewatch@example.org' };
  await (await openRepository(directory, { create: true, author })).close();
  const location = await locateRepository(directory);
  if (!location) throw new ArchiveError(`No repository could be made in ${directory}`, { directory });
  if (file === undefined) return;
  const heads = parseReferences(await runGit(location, ['bundle', 'list-heads', file]));
  // Into a branch that has no commit yet, which is all that --update-head-ok lets through here.
  await runGit(location, ['fetch', '--quiet', '--no-write-fetch-head', '--update-head-ok', file, 'refs/*:refs/*']);
  const restored = parseReferences(await runGit(location, ['for-each-ref', '--format=%(objectname) %(refname)']));
  for (const [name, commit] of heads) {
    if (name !== 'HEAD' && restored.get(name) !== commit) {
      throw new ArchiveError(`${name} in ${directory} is not what the backup holds; take another backup file`, {
        directory,
      });
    }
  }
  const branch = branchOf(heads);
  if (branch === undefined) return;
  await runGit(location, ['symbolic-ref', 'HEAD', branch]);
  await runGit(location, ['reset', '--quiet', '--hard']);
}

/** The branch that was checked out: the one at HEAD's commit, where several are, git's usual name first. */
function branchOf(references: References): string | undefined {
  const branches = [...references.keys()].filter((name) => name.startsWith('refs/heads/'));
  const atHead = branches.filter((name) => references.get(name) === references.get('HEAD'));
  const candidates = atHead.length > 0 ? atHead : branches;
  return ['refs/heads/main', 'refs/heads/master'].find((name) => candidates.includes(name)) ?? candidates[0];
}

function parseReferences(output: Buffer): References {
  const lines = output.toString('utf8').split('\n').filter(Boolean);
  return new Map(lines.map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))]));
}
