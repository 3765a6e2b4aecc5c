import { describe, expect, test } from 'vitest';
import { findSameTerms, sameLocation } from '../../../archive/collections/same-terms.ts';
import { hostOf, servicesByDomain } from '../../../archive/collections/services-by-domain.ts';
import type { Service } from '../../../archive/declarations/service.ts';

/** Terms type → locations. */
function service(id: string, terms: Readonly<Record<string, readonly string[]>>): Service {
  return {
    ...{ id, name: `${id}, the service`, history: new Map(), filtersFile: undefined, filtersHistoryFile: undefined },
    terms: Object.entries(terms).map(([type, locations]) => ({
      ...{ serviceId: id, type, validUntil: undefined },
      sourceDocuments: locations.map((location) => ({
        ...{ id: location, location, select: 'body', remove: undefined, filter: [], executeClientScripts: undefined },
      })),
    })),
  };
}

const collection = (id: string, ...services: Service[]) => ({ id, services: () => services });

describe('spellings of one location', () => {
  test.each([
    ['http://lark.example/terms', 'https://lark.example/terms'],
    ['https://LARK.example/terms', 'https://lark.example/terms'],
    ['https://lark.example:443/terms', 'https://lark.example/terms'],
    ['http://lark.example:80/terms', 'https://lark.example/terms'],
    ['https://lark.example/terms/', 'https://lark.example/terms'],
    ['https://lark.example', 'https://lark.example/'],
    ['https://lark.example/terms#top', 'https://lark.example/terms'],
    ['https://münchen.example/', 'https://xn--mnchen-3ya.example/'],
  ])('%s is %s', (one, other) => expect(sameLocation(one)).toBe(sameLocation(other)));

  test.each([
    ['https://lark.example/terms', 'https://lark.example/Terms'],
    ['https://lark.example/terms?l=en', 'https://lark.example/terms?l=fr'],
    ['https://lark.example:8443/terms', 'https://lark.example/terms'],
    ['https://www.lark.example/terms', 'https://lark.example/terms'],
    ['https://lark.example/a', 'https://gull.example/a'],
  ])('%s is not %s', (one, other) => expect(sameLocation(one)).not.toBe(sameLocation(other)));
});

describe('the same terms in several collections', () => {
  const groups = (...collections: ReturnType<typeof collection>[]): string[][] =>
    findSameTerms(collections).map((group) =>
      group.map(({ collection: id, serviceId, termsType }) => `${id}/${serviceId}/${termsType}`),
    );

  test('are found whatever they are called', () =>
    expect(
      groups(
        collection(
          'a',
          service('Lark', { 'Terms of Service': ['https://lark.example/t'], Imprint: ['https://x.test/'] }),
        ),
        collection('b', service('larkmail', { 'Terms of Use': ['http://lark.example/t/'] })),
      ),
    ).toEqual([['a/Lark/Terms of Service', 'b/larkmail/Terms of Use']]));

  test('combined terms count by the set of their locations', () => {
    const [one, two] = ['https://lark.example/1', 'https://lark.example/2'];
    const first = collection('a', service('Lark', { Privacy: [one, two] }));
    expect(groups(first, collection('b', service('Lark', { Privacy: [two, one, `${one}#x`] })))).toHaveLength(1);
    expect(groups(first, collection('b', service('Lark', { Privacy: [one] })))).toEqual([]);
  });

  test('one collection alone makes no group, and all of its services are in one', () => {
    const at = { Terms: ['https://corp.example/terms'] };
    const first = collection('a', service('Lark', at), service('Gull', at));
    expect(groups(first)).toEqual([]);
    expect(groups(first, collection('b', service('Lark', at)))).toEqual([
      ['a/Lark/Terms', 'a/Gull/Terms', 'b/Lark/Terms'],
    ]);
  });
});

describe('domains', () => {
  test('lead to the services whose terms are there', () => {
    const byDomain = servicesByDomain([
      collection(
        'a',
        service('Lark', {
          Terms: ['https://www.lark.example/t'],
          Privacy: ['https://lark.example/p', 'https://lawyer.test/x'],
        }),
      ),
      collection('b', service('larkmail', { Terms: ['https://LARK.example:8443/t'] })),
    ]);
    expect([...byDomain.keys()]).toEqual(['lark.example', 'lawyer.test']);
    expect(byDomain.get('lark.example')).toEqual([
      { collection: 'a', serviceId: 'Lark', serviceName: 'Lark, the service', termsTypes: ['Terms', 'Privacy'] },
      { collection: 'b', serviceId: 'larkmail', serviceName: 'larkmail, the service', termsTypes: ['Terms'] },
    ]);
    expect(byDomain.get('lawyer.test')?.[0]?.termsTypes).toEqual(['Privacy']);
  });

  test.each([
    ['https://www.Lark.example/x', 'lark.example'],
    ['https://lark.example./x', 'lark.example'],
    ['https://münchen.example/', 'xn--mnchen-3ya.example'],
    ['https://www2.lark.example/', 'www2.lark.example'],
  ])('%s is at %s', (location, host) => expect(hostOf(location)).toBe(host));
});
