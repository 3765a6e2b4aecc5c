import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { updateIndex } from '../../../archive/index/update-index.ts';
import { addCommits, type CommitOfTest, makeHistory } from '../../helpers/history.ts';
import { dumpIndex } from '../../helpers/index-dump.ts';
import { git } from '../../helpers/repository.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const PATHS = ['A/Terms.md', 'A/Privacy Policy.md', 'B/Terms.md', 'Ünï "c"/Terms.md', 'README.md'];
const PARAGRAPHS = ['# Heading', 'We keep your data.', 'You may leave.', '- item', '利用規約', 'Fees apply.'];
const SUBJECTS = [
  'First record of A Terms',
  'Record new changes of A Terms',
  'Apply technical or declaration upgrade on A Terms',
  'Start tracking',
  'Start tracking B',
  'Update B Terms',
  'Refilter x',
  'By hand',
];

const path = fc.constantFrom(...PATHS);
const content = fc.array(fc.constantFrom(...PARAGRAPHS), { maxLength: 4 }).map((texts) => texts.join('\n\n'));

/** What happens to a repository. Numbers choose among the commits that are there. */
type Step =
  | { readonly kind: 'record'; readonly commit: CommitOfTest }
  | {
      readonly kind: 'rename';
      readonly from: string;
      readonly to: string;
      readonly content: string;
      readonly subject: string;
    }
  | { readonly kind: 'merge'; readonly base: number; readonly commit: CommitOfTest }
  | { readonly kind: 'rewrite'; readonly base: number; readonly commit: CommitOfTest }
  | { readonly kind: 'shorten'; readonly base: number };

const commit: fc.Arbitrary<CommitOfTest> = fc.record({
  message: fc.constantFrom(...SUBJECTS),
  date: fc.integer({ min: 0, max: 2_000_000_000 }),
  set: fc.dictionary(path, content, { maxKeys: 3, noNullPrototype: true }),
});
const place = fc.nat(1000);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('record' as const), commit }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('rename' as const),
      from: path,
      to: path,
      content,
      subject: fc.constantFrom(...SUBJECTS),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('merge' as const), base: place, commit }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('rewrite' as const), base: place, commit }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('shorten' as const), base: place }) },
);

/** Commits of the branch, oldest first. */
const branch = (directory: string): string[] =>
  git(directory, 'for-each-ref', 'refs/heads/main').trim() === ''
    ? []
    : git(directory, 'rev-list', '--reverse', '--topo-order', 'main').trim().split('\n');

function take(directory: string, action: Step): void {
  const commits = branch(directory);
  const end = commits.at(-1);
  const chosen = (number: number): string | undefined => commits[number % Math.max(1, commits.length)];
  switch (action.kind) {
    case 'record':
      addCommits(directory, action.commit);
      return;
    case 'rename':
      if (action.from === action.to) return;
      // Two commits: the file is there, and then it is moved.
      addCommits(
        directory,
        { message: 'By hand', set: { [action.from]: action.content }, remove: [action.to] },
        { message: action.subject, remove: [action.from], set: { [action.to]: action.content } },
      );
      return;
    case 'merge': {
      const base = chosen(action.base);
      if (!end || !base) return;
      const [side] = addCommits(directory, { ...action.commit, branch: 'side', parents: [base] });
      addCommits(directory, { message: 'Merge', parents: [end, side ?? base], set: action.commit.set ?? {} });
      return;
    }
    case 'rewrite': {
      const base = chosen(action.base);
      addCommits(directory, { ...action.commit, parents: base === undefined ? [] : [base] });
      return;
    }
    case 'shorten': {
      const base = chosen(action.base);
      if (base) git(directory, 'update-ref', 'refs/heads/main', base);
    }
  }
}

test('an index kept up to date through any history says what one says that is made anew', async () => {
  const root = await temporaryDirectory();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const versionsDirectory = makeHistory(join(root, `${++run}`));
      const places = { versionsDirectory, indexFile: join(root, `${run}.sqlite`) };
      for (const [index, action] of steps.entries()) {
        take(versionsDirectory, action);
        await updateIndex(places);
        const fresh = join(root, `${run}-${index}.sqlite`);
        await updateIndex({ ...places, indexFile: fresh });
        expect(dumpIndex(places.indexFile)).toEqual(dumpIndex(fresh));
      }
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 300_000);
