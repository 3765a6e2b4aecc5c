import { expect, test } from 'vitest';
import { describeRun, runAsJsonLines } from '../../cli/report.ts';
import type { TermsOutcome } from '../../crawler/outcome.ts';

const outcome = (termsType: string, more: Partial<TermsOutcome>): TermsOutcome => ({
  serviceId: 'Example',
  termsType,
  status: 'unchanged',
  versionId: undefined,
  failures: [],
  ...more,
});
const failure = {
  location: 'https://service.example/annex',
  stage: 'fetch',
  reason: 'not-found',
  message: 'https://service.example/annex answered 404',
  isTransient: false,
} as const;

test('the summary counts, names what was recorded, also where a part failed, and each failure with its next step', () => {
  const text = describeRun(
    {
      runId: 1,
      startedAt: new Date(0),
      endedAt: new Date(2_500),
      outcomes: [
        outcome('Terms of Service', { status: 'changed', versionId: 'a'.repeat(40) }),
        outcome('Privacy Policy', { status: 'failed', versionId: 'b'.repeat(40), failures: [failure] }),
        outcome('Imprint', { status: 'failed', failures: [failure] }),
        outcome('Trackers Policy', { status: 'first' }),
        outcome('Complaints Policy', {}),
      ],
    },
    process.stdout,
  );
  expect(text).toContain('5 terms in 2.5 s: 1 first record, 1 changed, 1 unchanged, 2 failed');
  expect(text).toContain('  Example · Terms of Service: changed aaaaaaaaaaaa\n');
  expect(text).toContain('  Example · Privacy Policy: failed in part, recorded bbbbbbbbbbbb\n');
  expect(text).toContain('  Example · Trackers Policy: first record\n');
  expect(text).not.toMatch(/Complaints Policy|Imprint: /);
  expect(text).toMatch(/not-found \(2\) The terms have moved\./);
});

test.each<[TermsOutcome['secondFetch'], string]>([
  [{ outcome: 'confirmed', found: 'new' }, ', confirmed by a second fetch\n'],
  [{ outcome: 'not-reproduced', found: 'former' }, ', not reproduced: a second fetch gave the former text, so it is'],
  [{ outcome: 'not-reproduced', found: 'other' }, ', not reproduced: a second fetch gave another text, so it is'],
  [{ outcome: 'failed', reason: 'timeout', message: 'no answer' }, ', could not be fetched again (timeout)\n'],
  [undefined, '\n'],
])('a second fetch is told: %j', (secondFetch, expected) => {
  const changed = outcome('Terms of Service', { status: 'changed', versionId: 'a'.repeat(40), secondFetch });
  const report = { runId: 1, startedAt: new Date(0), endedAt: new Date(1), outcomes: [changed] };
  expect(describeRun(report, process.stdout)).toContain(`Terms of Service: changed aaaaaaaaaaaa${expected}`);
  const [line = ''] = runAsJsonLines(report).split('\n');
  expect(JSON.parse(line).secondFetch).toEqual(secondFetch);
});
