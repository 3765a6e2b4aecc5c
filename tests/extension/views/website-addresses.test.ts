import { describe, expect, test } from 'vitest';
import { websiteAddresses } from '../../../extension/views/website-addresses.ts';
import { createAddresses } from '../../../server/pages/addresses.ts';

const SERVER = 'https://watch.example';

describe.each([
  ['', 'en', { collection: 'harbour', serviceId: 'Larkmail', type: 'Terms of Service' }],
  ['/terms', 'de', { collection: 'hafen', serviceId: 'Möwe & Co/KG', type: 'Privacy Policy?#' }],
  ['/a/b', 'fr', { collection: '..', serviceId: '<script>', type: '%2F"\'' }],
] as const)('addresses below “%s” in %s', (basePath, language, { collection, serviceId, type }) => {
  const ours = websiteAddresses(`${SERVER}${basePath}`, language);
  const theirs = createAddresses(basePath, language);
  const terms = { collection, serviceId, type };
  const named = { collection, serviceId, termsType: type };

  test.each([
    ['start', ours.start(), theirs.start()],
    ['request', ours.request(), `${theirs.about()}#request`],
    ['service', ours.service(terms), theirs.service(collection, serviceId)],
    ['terms', ours.terms(terms), theirs.terms(named)],
    ['version', ours.version(terms, 'abc'), theirs.version({ ...named, id: 'abc' })],
    ['redline', ours.redline(terms, 'abc', 'def'), theirs.redline({ ...named, id: 'abc' }, { ...named, id: 'def' })],
    [
      'redlineBetween',
      ours.redlineBetween(terms, '2026-01-01', '2026-02-01'),
      theirs.redlineBetween(named, { from: '2026-01-01', to: '2026-02-01' }),
    ],
  ])('%s is the website’s', (_name, our, their) => {
    expect(our).toBe(`${SERVER}${their}`);
  });
});

test('halves of characters in names do not keep a popup from opening', () => {
  const { service } = websiteAddresses(SERVER, 'en');
  expect(service({ collection: 'a', serviceId: 'b\ud800' })).toBe(`${SERVER}/en/a/services/b%EF%BF%BD`);
});
