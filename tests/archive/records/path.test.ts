import { describe, expect, test } from 'vitest';
import { mimeTypeOf, parseRecordPath, recordPath } from '../../../archive/records/path.ts';

describe('the path of a record', () => {
  test.each([
    ['Service', 'Terms of Service', undefined, 'text/html', 'Service/Terms of Service.html'],
    ['Service', 'Terms of Service', undefined, 'application/pdf', 'Service/Terms of Service.pdf'],
    ['Service', 'Privacy Policy', undefined, 'text/markdown', 'Service/Privacy Policy.md'],
    ['Yahoo!', 'Privacy Policy', 'legal-privacy', 'text/html', 'Yahoo!/Privacy Policy #legal-privacy.html'],
    ['Last.fm', 'Imprint', 'a.b', 'application/xhtml+xml', 'Last.fm/Imprint #a.b.xhtml'],
    ['Éléphant ★ 象', 'Imprint', undefined, 'text/plain', 'Éléphant ★ 象/Imprint.txt'],
    ['-dash', 'Imprint', undefined, 'application/x-unheard-of', '-dash/Imprint.bin'],
  ])('%s, %s, %s, %s', (serviceId, termsType, documentId, mimeType, path) => {
    expect(recordPath({ serviceId, termsType, documentId, mimeType })).toBe(path);
    const extension = path.slice(path.lastIndexOf('.') + 1);
    expect(parseRecordPath(path)).toEqual({ serviceId, termsType, documentId, extension });
  });

  test.each([
    ['', 'Imprint'],
    ['..', 'Imprint'],
    ['.', 'Imprint'],
    ['.git', 'Imprint'],
    ['.GIT', 'Imprint'],
    ['a/b', 'Imprint'],
    ['Service', '../Imprint'],
    ['Line\nfeed', 'Imprint'],
    ['Nul\0', 'Imprint'],
    ['Half a pair \ud800', 'Imprint'],
    ['Service', ''],
  ])('%j, %j is refused', (serviceId, termsType) => {
    expect(() => recordPath({ serviceId, termsType, mimeType: 'text/html' })).toThrow(RangeError);
  });

  test.each([
    'README.md',
    'LICENSE',
    'Service/LICENSE',
    '.github/dependabot.yml',
    '.github/workflows/first-time-setup.yml',
    'a/b/c.md',
  ])('%s is no record', (path) => {
    expect(parseRecordPath(path)).toBeUndefined();
  });

  test('services and types of the past are read like any other', () => {
    expect(parseRecordPath('Gone #1/Some old type.md')).toEqual({
      serviceId: 'Gone #1',
      termsType: 'Some old type',
      documentId: undefined,
      extension: 'md',
    });
  });

  test('a MIME type is found again by the extension', () => {
    expect(['html', 'pdf', 'md', 'txt', 'xhtml'].map(mimeTypeOf)).toEqual([
      'text/html',
      'application/pdf',
      'text/markdown',
      'text/plain',
      'application/xhtml+xml',
    ]);
    expect(mimeTypeOf('unheardof')).toBe('application/octet-stream');
  });
});
