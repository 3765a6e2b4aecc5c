import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DownloadError } from '../../../extension/files/download-error.ts';
import { readManifest } from '../../../extension/files/read-manifest.ts';
import type { ExtensionManifest } from '../../../server/api/contract.ts';

const file = (bytes = 1_000) => ({ sha256: 'a'.repeat(64), bytes });
const MANIFEST: ExtensionManifest = {
  format: 1,
  name: 'Harbour watch',
  website: 'https://harbour.example',
  epoch: '3',
  sequence: 42,
  newestRecord: '2026-03-19T06:00:00.000Z',
  recentSince: '2026-02-20',
  index: file(),
  services: file(),
  recent: [file(), file()],
};
const read = (value: unknown) => readManifest(new TextEncoder().encode(JSON.stringify(value)));

describe('a manifest', () => {
  test('is read', () => expect(read(MANIFEST)).toEqual(MANIFEST));
  test('without a record', () =>
    expect(read({ ...MANIFEST, newestRecord: null })).toMatchObject({ newestRecord: null }));
  test('of a later server, that says more', () => expect(read({ ...MANIFEST, more: 1 })).toEqual(MANIFEST));
  test('with a website below a path', () =>
    expect(read({ ...MANIFEST, website: 'https://harbour.example/terms//' }).website).toBe(
      'https://harbour.example/terms',
    ));
  test('of an endless name', () => expect(read({ ...MANIFEST, name: 'x'.repeat(10_000) }).name).toHaveLength(200));

  test.each<[string, unknown]>([
    ['nothing', null],
    ['a list', [MANIFEST]],
    ['another format', { ...MANIFEST, format: 2 }],
    ['no sequence', { ...MANIFEST, sequence: '42' }],
    ['no index', { ...MANIFEST, index: undefined }],
    ['a hash that leads elsewhere', { ...MANIFEST, index: { ...file(), sha256: '../../records' } }],
    ['a hash in capitals', { ...MANIFEST, index: { ...file(), sha256: 'A'.repeat(64) } }],
    ['a hash that is a list', { ...MANIFEST, index: { ...file(), sha256: ['a'.repeat(64)] } }],
    ['a size below 0', { ...MANIFEST, services: file(-1) }],
    ['a broken size', { ...MANIFEST, services: file(1.5) }],
    ['a size as text', { ...MANIFEST, services: { ...file(), bytes: '1000' } }],
    ['a size that fills the disk', { ...MANIFEST, services: file(1e12) }],
    [
      'shards that together fill the disk',
      { ...MANIFEST, recent: Array.from({ length: 4_000 }, () => file(1_000_000)) },
    ],
    ['shards without an end', { ...MANIFEST, recent: Array.from({ length: 5_000 }, () => file(1)) }],
    ['shards that are none', { ...MANIFEST, recent: 'none' }],
    ['a shard that is none', { ...MANIFEST, recent: [null] }],
    ['a day that is none', { ...MANIFEST, recentSince: 'last month' }],
    ['a website that is a script', { ...MANIFEST, website: 'javascript:alert(1)' }],
    ['a website that is none', { ...MANIFEST, website: '<b>' }],
  ])('that is none: %s', (_name, value) => expect(() => read(value)).toThrow(DownloadError));

  test('whatever bytes come: one that can be used, or a fault that says so', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.json().map((json) => new TextEncoder().encode(json)),
          fc
            .record(
              Object.fromEntries(
                Object.entries(MANIFEST).map(([name, value]) => [name, fc.oneof(fc.constant(value), fc.jsonValue())]),
              ),
            )
            .map((value) => new TextEncoder().encode(JSON.stringify(value))),
        ),
        (bytes) => {
          try {
            const { website, recent } = readManifest(bytes);
            expect(website).toMatch(/^https?:/);
            expect(recent.every(({ sha256 }) => /^[\da-f]{64}$/.test(sha256))).toBe(true);
          } catch (error) {
            expect(error).toMatchObject({ name: 'DownloadError', reason: 'damaged' });
          }
        },
      ),
    ));
});
