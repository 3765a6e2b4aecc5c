import { describe, expect, test } from 'vitest';
import { createRehearsal } from '../../crawler/rehearsal.ts';
import { startTerms } from '../helpers/terms-site.ts';
import { trackerOfTest } from '../helpers/tracker.ts';

const FACTS = { serviceId: 'Brass', termsType: 'Terms of Service' };
const DATE = new Date('2026-03-01T10:00:00Z');

const snapshot = (text: string): Parameters<ReturnType<typeof createRehearsal>['recorder']['recordSnapshot']>[0] => ({
  ...FACTS,
  documentId: undefined,
  mimeType: 'text/html',
  content: Buffer.from(text),
  fetcher: 'htmlOnly',
  location: 'https://brass.example/terms',
  fetchDate: DATE,
});

describe('before a first run', () => {
  test('what would be recorded is remembered and compared with', async () => {
    const { recorder, versions } = createRehearsal(undefined, undefined);
    expect(await recorder.latestSnapshot('Brass', 'Terms of Service', undefined)).toBeUndefined();
    const first = await recorder.recordSnapshot(snapshot('<p>One'));
    expect(first).toMatchObject({
      isNew: true,
      record: { isFirstRecord: true, location: 'https://brass.example/terms' },
    });
    expect(await recorder.latestSnapshot('Brass', 'Terms of Service', undefined)).toBe(first.record);
    expect(Buffer.from(await recorder.content(first.record)).toString()).toBe('<p>One');
    expect(await recorder.recordSnapshot(snapshot('<p>One'))).toMatchObject({ isNew: false, record: first.record });
    expect(await recorder.recordSnapshot(snapshot('<p>Two'))).toMatchObject({
      isNew: true,
      record: { isFirstRecord: false },
    });

    const draft = {
      ...FACTS,
      content: 'One',
      snapshotIds: [first.record.id],
      fetchDate: DATE,
      isTechnicalUpgrade: false,
    };
    expect(await recorder.recordVersion(draft)).toMatchObject({ isNew: true, record: { isFirstRecord: true } });
    expect(await recorder.recordVersion(draft)).toMatchObject({ isNew: false });
    await recorder.recordVersion({ ...draft, content: 'Two' });
    expect(versions.map(({ before, draft: { content } }) => [before, content])).toEqual([
      [undefined, 'One'],
      ['One', 'Two'],
    ]);
    expect(first.record.id, 'no commit is pretended').not.toMatch(/^[0-9a-f]{40}$/);
  });

  test('documents of combined terms are kept apart', async () => {
    const { recorder } = createRehearsal(undefined, undefined);
    await recorder.recordSnapshot({ ...snapshot('<p>One'), documentId: 'one' });
    expect(await recorder.latestSnapshot('Brass', 'Terms of Service', 'two')).toBeUndefined();
    expect(await recorder.recordSnapshot({ ...snapshot('<p>One'), documentId: 'two' })).toMatchObject({ isNew: true });
  });
});

test('a whole run over an empty archive records nothing and shows each first version', async () => {
  const site = await startTerms({
    '/terms': '<!doctype html><main>One</main>',
    '/more': '<!doctype html><main>Two</main>',
  });
  const tracker = await trackerOfTest({ fetcher: { allowAddresses: [site.address] } });
  const before = await tracker.fingerprint();
  const rehearsed = await tracker.rehearse({
    'Privacy Policy': {
      select: 'main',
      combine: [{ fetch: `${site.origin}/terms` }, { fetch: `${site.origin}/more` }],
    },
    'Terms of Service': { fetch: `${site.origin}/terms`, select: 'main' },
  });
  expect(
    rehearsed
      .map(({ before: old, draft: { termsType, content, isTechnicalUpgrade } }) => [
        termsType,
        old,
        content,
        isTechnicalUpgrade,
      ])
      .sort(),
  ).toEqual([
    ['Privacy Policy', undefined, 'One\n\n- - -\n\nTwo', false],
    ['Terms of Service', undefined, 'One', false],
  ]);
  expect(await tracker.fingerprint()).toEqual(before);
  expect(tracker.checks()).toEqual([]);
});
