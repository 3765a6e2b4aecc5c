import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyseHistory } from '../../../../archive/changes/analysis/analyse-history.ts';
import { openBatchReader } from '../../../../archive/git/batch-reader.ts';
import { locateRepository } from '../../../../archive/git/git-location.ts';
import { openIndexReader } from '../../../../archive/index/open-reader.ts';
import { updateIndex } from '../../../../archive/index/update-index.ts';
import { parseMessage } from '../../../../archive/records/message.ts';
import { parseRecordPath } from '../../../../archive/records/path.ts';
import { addCommits, type CommitOfTest, makeHistory } from '../../../helpers/history.ts';
import { dumpIndex } from '../../../helpers/index-dump.ts';
import { git } from '../../../helpers/repository.ts';
import { temporaryDirectory } from '../../../helpers/temporary-directory.ts';

/** Changes by commit and terms, as the bare repository tells them. */
async function judgedByRepository(directory: string) {
  const location = await locateRepository(directory);
  if (!location) throw new Error(`${directory} is no repository`);
  const reader = openBatchReader(location);
  try {
    const lines = [];
    for await (const change of analyseHistory(location, reader, { head: 'HEAD' })) {
      const { date, technicalUpgrade, path, ...rest } = change;
      const { serviceId, termsType } = parseRecordPath(path) ?? {};
      lines.push({ ...rest, path: `${serviceId}/${termsType}` });
    }
    return lines;
  } finally {
    await reader.close();
  }
}

/** The same as an index tells them. */
function judgedByIndex(indexFile: string) {
  const reader = openIndexReader(indexFile);
  try {
    return reader
      .versions({}, { limit: Number.MAX_SAFE_INTEGER })
      .reverse()
      .flatMap(({ id, seq, serviceId, termsType, analysis }) =>
        analysis
          ? [{ ...analysis, commit: id, path: `${serviceId}/${termsType}`, reasons: reader.reasons({ seq }) }]
          : [],
      );
  } finally {
    reader.close();
  }
}

const PATHS = [
  'Acme/Terms.md',
  'Acme/Privacy Policy.md',
  'Birch/Terms.md',
  'Cedar/Terms.markdown',
  'Cedar/Terms.md',
  'Cedar/Terms #annex.md',
  'Dune/Terms.md',
  'Elm/Terms.md',
  'Fir/Terms.md',
  `Gorse "q" \\ ; DROP TABLE analysis; --/利用規約.md`,
];
/** Wordings in turn, so that texts return, and blocks come and go. */
const SENTENCES = [
  'We keep your personal data for thirty days after you have closed your account with us.',
  'We keep your personal data for ninety days after you have closed your account with us.',
  'You agree to resolve any dispute with us by binding arbitration and waive class actions.',
  'These terms were last updated on 3 May 2024 and apply from 1 June 2024.',
  'These terms were last updated on 4 May 2025 and apply from 1 July 2025.',
  'Related: [ten ideas](https://shop.example/a) for your garden',
  'Accept all cookies',
  'Service fees of 1.5 % are charged to each seller for every order.',
  'Service fees of 15 % are charged to each seller for every order.',
  '# Fees',
  '利用者は本規約に同意するものとします。',
  'Nous pouvons modifier les présentes conditions à tout moment, sans vous en informer.',
  '<script>alert(1)</script> \u0000 \u202e',
];
const BASE = Array.from({ length: 20 }, (_, place) => `Clause ${place} says what it says about matter ${place * 7}.`);

const text = fc
  .tuple(fc.subarray(SENTENCES, { maxLength: 6 }), fc.constantFrom(0, 5, 20, 20, 20))
  .map(([sentences, length]) => [...BASE.slice(0, length), ...sentences].join('\n\n'));
const subject = fc.constantFrom(
  'First record of',
  'Record new changes of',
  'Record new changes of',
  'Apply technical or declaration upgrade on',
  'Update',
);
const commit: fc.Arbitrary<CommitOfTest> = fc
  .record({
    subject,
    days: fc.integer({ min: -3, max: 200 }),
    set: fc.dictionary(fc.constantFrom(...PATHS), text, { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
    remove: fc.option(fc.constantFrom(...PATHS), { freq: 6 }),
  })
  .map(({ subject: begin, days, set, remove }) => ({
    message: `${begin} Acme Terms`,
    date: days * 86_400,
    set,
    remove: remove === null || remove in set ? [] : [remove],
  }));

/** What chance does not make often: an alert that is undone, a date alone, half of a text. */
const STORY: readonly CommitOfTest[] = [
  [...BASE, SENTENCES[0], SENTENCES[3]],
  [...BASE, SENTENCES[1], SENTENCES[3]],
  [...BASE, SENTENCES[0], SENTENCES[3]],
  [...BASE, SENTENCES[0], SENTENCES[4]],
  BASE.slice(0, 4),
  [...BASE, SENTENCES[0], SENTENCES[4]],
].map((blocks) => ({
  message: 'Record new changes of Hazel Terms',
  date: 86_400,
  set: { 'Hazel/Terms.md': blocks.join('\n\n') },
}));

/** Dates go on by what each commit says, and at times back. */
function dated(commits: readonly CommitOfTest[]): CommitOfTest[] {
  let date = 1_600_000_000;
  return commits.map((one) => {
    date += one.date ?? 0;
    return { ...one, date };
  });
}

test('the analyses of an index, made in one go or record by record, are those of the bare repository', async () => {
  const root = await temporaryDirectory();
  let run = 0;
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(commit, { minLength: 20, maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      async (commits, every) => {
        const versionsDirectory = makeHistory(join(root, `${++run}`));
        const all = dated([...STORY, ...commits]);
        const indexFile = join(root, `${run}.sqlite`);
        const fresh = join(root, `${run}-fresh.sqlite`);
        for (let from = 0; from < all.length; from += every * 3) {
          addCommits(versionsDirectory, ...all.slice(from, from + every * 3));
          await updateIndex({ versionsDirectory, indexFile });
        }
        await updateIndex({ versionsDirectory, indexFile: fresh });
        const expected = await judgedByRepository(versionsDirectory);
        expect(expected.length).toBeGreaterThan(0);
        expect(judgedByIndex(indexFile)).toEqual(expected);
        expect(dumpIndex(indexFile)).toEqual(dumpIndex(fresh));
        for (const { state, class: changeClass, alert, undoes } of expected) {
          seen
            .add(state)
            .add(changeClass)
            .add(alert ? 'alert' : 'no alert');
          if (undoes.length > 0) seen.add('undone');
        }
      },
    ),
    { numRuns: 12, endOnFailure: true },
  );
  // The histories hold what they are made for.
  for (const what of ['ok', 'return', 'suspect', 'text', 'date', 'alert', 'no alert', 'undone'])
    expect(seen).toContain(what);
}, 300_000);

const BUNDLE = join(import.meta.dirname, '../../../../../shared/data/demo-versions.bundle');

test.skipIf(!existsSync(BUNDLE))(
  'so are those of a real archive (skipped where ../shared/data is not there)',
  async () => {
    const root = await temporaryDirectory();
    const indexFile = join(root, 'index.sqlite');
    const versionsDirectory = join(root, 'versions');
    git(root, 'clone', '--quiet', '--bare', BUNDLE, versionsDirectory);
    await updateIndex({ versionsDirectory, indexFile });
    const expected = await judgedByRepository(versionsDirectory);
    expect(expected.length).toBeGreaterThan(0);
    // Commits of other kinds (a file put in order by hand) are no records, and the repository alone tells of them.
    const records = git(versionsDirectory, 'log', '--format=%H%x00%B%x01')
      .split('\x01')
      .map((entry) => entry.trim().split('\0'))
      .flatMap(([id, message]) => (message && parseMessage(message) ? [id] : []));
    const inIndex = judgedByIndex(indexFile);
    expect(inIndex).toEqual(expected.filter(({ commit: id }) => records.includes(id)));
  },
  120_000,
);
