import { expect, test } from 'vitest';
import { documentId } from '../../../archive/declarations/document-id.ts';

test.each([
  ['https://service.example/legal/terms.html', 'legal-terms'],
  ['https://service.example//legal///terms/', 'legal-terms'],
  ['https://service.example/terms.pdf?v=2#part', 'terms'],
  ['https://service.example/terms.unknown', 'terms.unknown'],
  ['https://service.example/v1.2/terms', 'v1.2-terms'],
  ['https://service.example/', ''],
  ['https://service.example', ''],
  ['https://service.example/conditions%20g%C3%A9n%C3%A9rales', 'conditions générales'],
  ['https://service.example/a:b%7Cc%3Fd*e%22f%3Cg%3Eh%5Ci', 'a_b_c_d_e_f_g_h_i'],
  ['https://service.example/a%2Fb', 'a-b'],
  ['https://service.example/%E0%A4%A', '%E0%A4%A'],
  // OTA's own: the extension before a last slash is known, and as many letters are cut off the end.
  ['https://service.example/terms.html/', 'terms.'],
])('%s → “%s”', (location, id) => {
  expect(documentId(location)).toBe(id);
});
