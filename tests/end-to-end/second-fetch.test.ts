import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openLedger } from '../../archive/ledger/ledger.ts';
import { clausewatch, jsonLines, makeCollection, startProgram, termsPage } from '../helpers/program.ts';
import { startTerms, type TermsSite } from '../helpers/terms-site.ts';

const OLD = termsPage('You may cancel within 30 days.');
const NEW = termsPage('You may cancel within 14 days.');

async function setUp(): Promise<{ site: TermsSite; directory: string; args: readonly string[] }> {
  const site = await startTerms({ '/terms': OLD });
  const declaration = { fetch: `${site.origin}/terms`, select: 'main' };
  const directory = await makeCollection({ Example: { 'Terms of Service': declaration } });
  const args = ['track', '--collection', directory, '--allow-address', site.address];
  expect(await clausewatch(args)).toMatchObject({ code: 0 });
  return { site, directory, args };
}

/** The first answer from now on is this one. */
function answerOnce(site: TermsSite, text: string): void {
  let isFirst = true;
  const later = site.documents['/terms'];
  Object.defineProperty(site.documents, '/terms', {
    configurable: true,
    get: () => {
      const answer = isFirst ? text : later;
      isFirst = false;
      return answer;
    },
  });
}

test('track says what the second fetch gave, for people and for programs, and can do without', async () => {
  const { site, args } = await setUp();
  answerOnce(site, NEW);
  const flip = await clausewatch([...args, '--json']);
  expect(jsonLines(flip.stdout)[0]).toMatchObject({
    status: 'changed',
    secondFetch: { outcome: 'not-reproduced', found: 'former' },
  });
  const back = await clausewatch(args);
  expect(back.stdout).toMatch(/Example · Terms of Service: changed [0-9a-f]{12}, confirmed by a second fetch/);
  Object.defineProperty(site.documents, '/terms', { value: NEW });
  const before = site.answers.length;
  const without = await clausewatch([...args, '--json', '--second-fetch', 'off']);
  expect(jsonLines(without.stdout)[0]).toMatchObject({ status: 'changed' });
  expect(jsonLines(without.stdout)[0]).not.toHaveProperty('secondFetch');
  expect(site.answers).toHaveLength(before + 1);
});

test('a signal during the wait ends the run cleanly; the record stays', async () => {
  const { site, directory, args } = await setUp();
  site.documents['/terms'] = NEW;
  const program = startProgram([...args, '--second-fetch-wait', '600000']);
  const entries = (): readonly string[] => {
    const ledger = openLedger(join(directory, 'data', 'ledger.sqlite'), { readOnly: true });
    try {
      return ledger.secondFetches().map(({ secondFetch }) => secondFetch.outcome);
    } finally {
      ledger.close();
    }
  };
  while (entries().length === 0) await delay(50);
  program.child.kill('SIGTERM');
  expect(await program.ended).toMatchObject({ code: 130 });
  expect(entries()).toEqual(['awaited']);
  const status = await clausewatch(['status', '--collection', directory, '--json']);
  expect(jsonLines(status.stdout)[0]).toMatchObject({ lastRun: { status: 'interrupted' } });
  // The next run finds the text recorded.
  const next = await clausewatch([...args, '--json']);
  expect(jsonLines(next.stdout)[0]).toMatchObject({ status: 'unchanged' });
});
