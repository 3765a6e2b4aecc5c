import { describe, expect, test } from 'vitest';
import { findTold, type ServiceSignals, toldSites } from '../../../extension/icon/told-sites.ts';

const indexOf = (sites: Readonly<Record<string, string>>): Uint8Array =>
  new TextEncoder().encode(
    Object.keys(sites)
      .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .map((domain) => `${domain}\t${sites[domain]}\t4b0\t2\n`)
      .join(''),
  );

/** `2`: documents; `news`; by one letter, which makes a key. */
const signalsOf = (given: Readonly<Record<string, number | 'news'>>): ServiceSignals =>
  new Map(
    Object.entries(given).map(([letter, told]) => [
      letter.repeat(8),
      told === 'news' ? { kind: 'news' } : { kind: 'unread', documents: told },
    ]),
  );

describe('toldSites', () => {
  const index = indexOf({
    'docs.shop.test': 'bbbbbbbb',
    'help.docs.shop.test': 'aaaaaaaa',
    'host.test': 'aaaaaaaa,bbbbbbbb,cccccccc',
    'mail.test': 'cccccccc',
    'notshop.test': 'dddddddd',
    'shop.test': 'aaaaaaaa',
  });

  test.each<[string, Record<string, number | 'news'>, Record<string, number | 'news'>]>([
    ['nothing at all', {}, {}],
    ['services that no domain has', { z: 3 }, {}],
    ['a service on its own domain', { d: 1 }, { 'notshop.test': 1 }],
    [
      'documents of all services of a shared host together',
      { b: 1, c: 2 },
      { 'docs.shop.test': 1, 'help.docs.shop.test': 0, 'host.test': 3, 'mail.test': 2 },
    ],
    [
      'unread documents before news',
      { c: 'news', b: 2 },
      { 'docs.shop.test': 2, 'help.docs.shop.test': 0, 'host.test': 2, 'mail.test': 'news' },
    ],
    [
      'a quiet domain below one of which something is told',
      { a: 2 },
      { 'docs.shop.test': 0, 'help.docs.shop.test': 2, 'host.test': 2, 'shop.test': 2 },
    ],
    [
      'no quiet domain that only ends alike',
      { a: 'news' },
      { 'docs.shop.test': 0, 'help.docs.shop.test': 'news', 'host.test': 'news', 'shop.test': 'news' },
    ],
  ])('lists %s', (_name, signals, told) => expect(toldSites(index, signalsOf(signals))).toEqual(told));

  test('takes a domain called like a part of all objects for a domain', () => {
    const sites = toldSites(
      indexOf({ '__proto__.test': 'aaaaaaaa', 'constructor.test': 'bbbbbbbb' }),
      signalsOf({ a: 1 }),
    );
    expect(Object.entries(sites)).toEqual([['__proto__.test', 1]]);
    expect(findTold(sites, 'constructor')).toBe(0);
    expect(findTold(sites, '__proto__')).toBe(0);
  });

  test('lists sites among those of 100,000 services', () => {
    const domains = Array.from({ length: 100_000 }, (_, place) => [
      `site${place}.test`,
      `k${String(place).padStart(7, '0')}`,
    ]);
    const key = (place: number): string => `k${String(place).padStart(7, '0')}`;
    const signals: ServiceSignals = new Map([
      [key(0), { kind: 'news' }],
      [key(99_999), { kind: 'unread', documents: 4 }],
    ]);
    expect(toldSites(indexOf(Object.fromEntries(domains)), signals)).toEqual({
      'site0.test': 'news',
      'site99999.test': 4,
    });
  });
});

describe('findTold', () => {
  const sites = {
    'shop.test': 2,
    'docs.shop.test': 0,
    'x.docs.shop.test': 'news',
    'odd.test': -1,
    'half.test': 0.5,
  } as const;

  test.each<[string, string, number | 'news']>([
    ['the domain itself', 'shop.test', 2],
    ['a host below it', 'a.b.shop.test', 2],
    ['with the dot that ends it', 'www.shop.test.', 2],
    ['a domain of its own below it', 'docs.shop.test', 0],
    ['a host below that', 'www.docs.shop.test', 0],
    ['below that again', 'www.x.docs.shop.test', 'news'],
    ['one that only ends alike', 'notshop.test', 0],
    ['a last label', 'test', 0],
    ['no name', '', 0],
    ['an address', '192.0.2.1', 0],
    ['a garbled count', 'odd.test', 0],
    ['half a document', 'half.test', 0],
  ])('%s', (_name, host, told) => expect(findTold(sites, host)).toBe(told));

  test('a garbled item tells nothing', () =>
    expect(findTold({ 'shop.test': '<script>' } as unknown as Record<string, number>, 'shop.test')).toBe(0));
});
