import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { toCollectionId, whyNotCollectionId } from '../../../archive/collections/collection-id.ts';
import { parseConfiguration } from '../../../archive/collections/configuration.ts';
import { withEntry } from '../../../archive/collections/edit-configuration.ts';
import { sameLocation } from '../../../archive/collections/same-terms.ts';
import { parseServiceLists } from '../../../archive/collections/service-lists.ts';
import { gitArgument, readRemoteLocation } from '../../../archive/git/remote-location.ts';

const FILE = '/srv/collections.yml';

/** Texts near to what the readers look for. */
const near = fc
  .array(
    fc.constantFrom(
      ...['https://', 'ssh://', 'file:///', 'ext::', 'git@', 'a.example', ':', '/', '-', '--upload-pack=', '%2d', '@'],
      ...['..', ' ', '\n', '\0', '#', '?', '%', '[::1]', 'é', 'a', '.git', '\\'],
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

test('any YAML is a configuration or has faults, and never throws', () => {
  const place = fc.oneof(near, fc.string(), fc.jsonValue());
  const entry = fc.dictionary(
    fc.constantFrom('name', 'default', 'tracked', 'schedule', 'declarations', 'versions', 'snapshots', 'data', 'x'),
    place,
  );
  const file = fc.oneof(
    fc.string(),
    fc.jsonValue().map((value) => stringify(value)),
    fc
      .record({ collections: fc.dictionary(fc.oneof(near, fc.constantFrom('a', 'b', 'api', '__proto__')), entry) })
      .map((value) => stringify(value)),
  );
  fc.assert(
    fc.property(file, (text) => {
      const { configuration, faults } = parseConfiguration(text, FILE);
      expect(configuration === undefined).toBe(faults.some(({ severity }) => severity === 'fault'));
      for (const { id } of configuration?.collections ?? []) expect(whyNotCollectionId(id)).toBeUndefined();
      const lists = parseServiceLists(text, FILE);
      expect(lists.lists === undefined).toBe(lists.faults.length > 0);
    }),
    { numRuns: 1_000 },
  );
});

test('any location is refused, or is one that git takes neither for an option nor for a program', () => {
  fc.assert(
    fc.property(fc.oneof(near, fc.string()), (text) => {
      const { url } = readRemoteLocation(text);
      if (url === undefined) return;
      const given = gitArgument(url);
      expect(given).not.toMatch(/^-/);
      expect(given).toMatch(/^(https:\/\/[^-]|ssh:\/\/[^-]|\/|[\w.][\w.+-]*@[\w[])/);
      expect(given).not.toMatch(/^[\w+.-]+::/);
    }),
    { numRuns: 5_000 },
  );
});

test('any text becomes an id that can be one, or none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const id = toCollectionId(text);
      if (id !== undefined) expect(whyNotCollectionId(id)).toBeUndefined();
    }),
  );
});

test('any entry that is written is read back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
      const trimmed = name.trim();
      fc.pre(trimmed !== '');
      const { configuration } = parseConfiguration(withEntry(undefined, 'a', { name, versions: 'a' }), FILE);
      expect(configuration?.collections[0]?.name).toBe(trimmed);
    }),
  );
});

test('locations are equal to themselves', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
      expect(sameLocation(url)).toBe(sameLocation(new URL(url).href));
    }),
  );
});
