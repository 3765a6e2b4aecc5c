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
  // Not by its branches: a clone of a bundle may have commits that HEAD alone names; --all looks at that too.
  const commit = await runGit(location, ['rev-list', '--all', '--max-count=1']);
  if (commit.length === 0) return false;
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
  const fetch = ['fetch', '--quiet', '--no-write-fetch-head', '--update-head-ok', file];
  // Into a branch that has no commit yet, which is all that --update-head-ok lets through here.
  await runGit(location, [...fetch, 'refs/*:refs/*']);
  const branch = branchOf(heads);
  const head = heads.get('HEAD');
  if (branch !== undefined) await runGit(location, ['symbolic-ref', 'HEAD', branch]);
  else if (head !== undefined) {
    await runGit(location, [...fetch, 'HEAD']);
    await runGit(location, ['update-ref', '--no-deref', 'HEAD', head]);
  }
  if (branch !== undefined || head !== undefined) await runGit(location, ['reset', '--quiet', '--hard']);
  const restored = parseReferences(await runGit(location, ['show-ref', '--head']));
  for (const [name, commit] of heads) {
    if (restored.get(name) !== commit) {
      throw new ArchiveError(`${name} in ${directory} is not what the backup holds; take another backup file`, {
        directory,
      });
    }
  }
}

/** The branch that was checked out: one at HEAD's commit, git's usual name first. Undefined where none is there. */
function branchOf(references: References): string | undefined {
  const head = references.get('HEAD');
  const branches = [...references.keys()].filter((name) => name.startsWith('refs/heads/'));
  // Without HEAD in the bundle, the one that was checked out had no commit.
  const candidates = head === undefined ? branches : branches.filter((name) => references.get(name) === head);
  return ['refs/heads/main', 'refs/heads/master'].find((name) => candidates.includes(name)) ?? candidates[0];
}

function parseReferences(output: Buffer): References {
  const lines = output.toString('utf8').split('\n').filter(Boolean);
  return new Map(lines.map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))]));
}
