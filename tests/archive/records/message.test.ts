import { describe, expect, test } from 'vitest';
import {
  DEFAULT_SNAPSHOT_TEMPLATE,
  parseMessage,
  snapshotMessage,
  versionMessage,
} from '../../../archive/records/message.ts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const names = { serviceId: 'Yahoo!', termsType: 'Terms of Service' };
const engineVersion = 'clausewatch/1.2.3';

describe('the message of a snapshot', () => {
  const draft = {
    ...names,
    documentId: undefined,
    fetcher: 'htmlOnly',
    location: 'https://yahoo.example/tos',
  } as const;

  test('the first record', () => {
    expect(snapshotMessage(draft, { isFirstRecord: true, engineVersion })).toBe(
      'First record of Yahoo! Terms of Service\n\nX-engine-version: clausewatch/1.2.3\nX-fetcher: htmlOnly\nX-source-document-location: https://yahoo.example/tos\n',
    );
  });

  test('a change of one of several source documents', () => {
    const message = snapshotMessage(
      { ...draft, documentId: 'tos', fetcher: 'fullDom' },
      { isFirstRecord: false, engineVersion },
    );
    expect(message).toBe(
      'Record new changes of Yahoo! Terms of Service\n\nDocument ID tos\n\nX-engine-version: clausewatch/1.2.3\nX-fetcher: fullDom\nX-source-document-location: https://yahoo.example/tos\n',
    );
    expect(parseMessage(message)).toEqual({
      kind: 'change',
      snapshotIds: [],
      trailers: new Map([
        ['x-engine-version', engineVersion],
        ['x-fetcher', 'fullDom'],
        ['x-source-document-location', 'https://yahoo.example/tos'],
      ]),
    });
  });

  test('a location that holds a hash is not taken for a snapshot', () => {
    const location = `https://yahoo.example/${A}`;
    const message = snapshotMessage({ ...draft, location }, { isFirstRecord: true, engineVersion });
    expect(parseMessage(message)?.snapshotIds).toEqual([]);
  });
});

describe('the message of a version', () => {
  const options = { isFirstRecord: false, engineVersion, snapshotTemplate: DEFAULT_SNAPSHOT_TEMPLATE };

  test('made from one snapshot', () => {
    const message = versionMessage({ ...names, snapshotIds: [A], isTechnicalUpgrade: false }, options);
    expect(message).toBe(
      `Record new changes of Yahoo! Terms of Service\n\nThis version was recorded after extracting from snapshot ./data/snapshots/${A}\n\nX-engine-version: clausewatch/1.2.3\n`,
    );
    expect(parseMessage(message)).toEqual({
      kind: 'change',
      snapshotIds: [A],
      trailers: new Map([['x-engine-version', engineVersion]]),
    });
  });

  test('made from two snapshots, as a technical upgrade, with a template of its own', () => {
    const snapshotTemplate = `https://git.example/${B}/commit/%SNAPSHOT_ID`;
    const message = versionMessage(
      { ...names, snapshotIds: [A, B], isTechnicalUpgrade: true },
      { ...options, snapshotTemplate },
    );
    expect(message).toBe(
      `Apply technical or declaration upgrade on Yahoo! Terms of Service\n\nThis version was recorded after extracting from and assembling the following snapshots from 2 source documents:\n- https://git.example/${B}/commit/${A}\n- https://git.example/${B}/commit/${B}\n\nX-engine-version: clausewatch/1.2.3\n`,
    );
    expect(parseMessage(message)).toMatchObject({ kind: 'technical-upgrade', snapshotIds: [A, B] });
  });

  test('the first record is that, also in an upgrade', () => {
    const draft = { ...names, snapshotIds: [A], isTechnicalUpgrade: true };
    expect(parseMessage(versionMessage(draft, { ...options, isFirstRecord: true }))?.kind).toBe('first');
  });
});

describe('messages of other times', () => {
  test.each([
    ['Start tracking Yahoo! Terms of Service', 'first'],
    ['First record of Yahoo! Terms of Service', 'first'],
    ['Update Yahoo! Terms of Service', 'change'],
    ['Record new changes of Yahoo! Terms of Service', 'change'],
    ['Refilter Yahoo! Terms of Service', 'technical-upgrade'],
    ['Apply technical or declaration upgrade on Yahoo! Terms of Service', 'technical-upgrade'],
    ['Initial commit', undefined],
    ['Updated the readme', undefined],
    ['Fix: First record of', undefined],
    ['', undefined],
  ])('%s → %s', (subject, kind) => {
    expect(parseMessage(`${subject}\n`)?.kind).toBe(kind);
    expect(parseMessage(subject)?.kind).toBe(kind);
  });

  test.each([
    [`This version was recorded after filtering snapshot ${A}`, [A]],
    [`This version was recorded after filtering snapshot https://git.example/owner/snapshots/commit/${A}`, [A]],
    ['This version was recorded after filtering snapshot with Mongo ID 61d1d1d1d1d1d1d1d1d1d1d1', []],
    ['This version was recorded after extracting from snapshot mongo://c/snapshots/undefined', []],
  ])('%s', (line, snapshotIds) => {
    expect(parseMessage(`Update Yahoo! Terms of Service\n\n${line}\n`)?.snapshotIds).toEqual(snapshotIds);
  });

  test('trailers with blanks and carriage returns around them, and one of a million blanks', () => {
    const message = `Update A B\r\n\r\nX-engine-version:  1.0.0 \r\nX-blank: ${' '.repeat(1_000_000)}\r\nX-fetcher:htmlOnly\r\n`;
    expect(parseMessage(message)?.trailers).toEqual(
      new Map([
        ['x-engine-version', '1.0.0'],
        ['x-fetcher', 'htmlOnly'],
      ]),
    );
  });

  test('an unknown engine is no engine called "undefined"', () => {
    expect(parseMessage('Update A B\n\nX-engine-version: undefined\nX-fetcher: htmlOnly\n')?.trailers).toEqual(
      new Map([['x-fetcher', 'htmlOnly']]),
    );
  });
});
