import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadMetadata, parseMetadata } from '../../../archive/declarations/metadata.ts';

const GOOD = `
id: example
name: Example
tagline: Terms of fictional services
languages: [en, fr]
jurisdictions: [EU, FR-75]
`;

const faultsOf = (source: string): string[] =>
  parseMetadata(source).faults.map(({ path, message }) => `${path}: ${message}`);

test('everything that there can be', () => {
  const { metadata, faults } = parseMetadata(`${GOOD}
description: Long.
versions: https://git.example/versions
trackingPeriods:
  - startDate: 2024-01-31
    schedule: "0 6 * * *"
    serverLocation: Paris, FR
governance:
  Example Club:
    url: https://club.example
    roles: [host, sponsor]
i18n:
  fr:
    tagline: Des services fictifs
`);
  expect(faults).toEqual([]);
  expect(metadata).toMatchObject({ id: 'example', trackingPeriods: [{ startDate: '2024-01-31' }] });
});

test.each<[string, string, string[]]>([
  [
    'missing keys',
    'name: Example',
    [
      'id: is missing; expected a text',
      'tagline: is missing; expected a text',
      'languages: is missing; expected a list',
      'jurisdictions: is missing; expected a list',
    ],
  ],
  [
    'values of another kind',
    `${GOOD.replace('example', '3').replace('en, fr', 'EN, 1')}logo: ftp://x.example/\ntrackingPeriods: [{startDate: x}]\ngovernance: {Club: {roles: [boss]}}`,
    [
      'id: is the number 3; expected a text',
      'languages[0]: is the text "EN"; expected an ISO 639-1 language code such as en',
      'languages[1]: is the number 1; expected a text',
      'logo: is the text "ftp://x.example/"; expected an address that starts with http:// or https://',
      'trackingPeriods[0].startDate: is the text "x"; expected a date such as 2024-03-01',
      'trackingPeriods[0].schedule: is missing; expected a text',
      'trackingPeriods[0].serverLocation: is missing; expected a text',
      'governance.Club.roles[0]: is the text "boss"; expected one of host, administrator, curator, maintainer, sponsor, sysadmin',
    ],
  ],
  ['unknown keys', `${GOOD}taglin: x\nextra: y`, ['taglin: is not a known key', 'extra: is not a known key']],
  [
    'a language that is none',
    `${GOOD}i18n: {french: {name: x}}`,
    ['i18n.french: is the text "french"; expected an ISO 639-1 language code such as en'],
  ],
  ['a key twice', `${GOOD}id: other`, [': not YAML, at line 7, column 1: Map keys must be unique']],
  ['broken', 'id: [a', [expect.stringMatching(/^: not YAML, at line 1, column \d+: /)]],
  ['references to nothing', 'id: *other', [expect.stringMatching(/^: cannot be read: .*other/)]],
  ['empty', '', [': is null; expected keys with values']],
])('all faults: %s', (_, source, expected) => {
  const { metadata } = parseMetadata(source);
  expect(faultsOf(source)).toEqual(expected);
  expect(metadata).toBeUndefined();
});

test('a collection without the file is warned', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'clausewatch-metadata-'));
  const { faults } = await loadMetadata(directory);
  await rm(directory, { recursive: true });
  expect(faults).toMatchObject([{ file: 'metadata.yml', message: 'is missing', severity: 'warning' }]);
});

const data = new URL('../../../../shared/data/', import.meta.url).pathname;
const isAbsent = !existsSync(data);

test.skipIf(isAbsent).each(['contrib', 'demo'])(
  `real metadata: %s${isAbsent ? ' (skipped: ../shared/data is absent)' : ''}`,
  async (name) => {
    const { metadata, faults } = await loadMetadata(join(data, `${name}-declarations`));
    expect(faults).toEqual([]);
    expect(metadata?.id).toBe(name);
  },
);
