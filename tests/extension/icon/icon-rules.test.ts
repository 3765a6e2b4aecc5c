import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type IconName, type IconRule, iconOf, iconRules } from '../../../extension/icon/icon-rules.ts';
import { findTold, type ToldSite, type ToldSites } from '../../../extension/icon/told-sites.ts';
import { type UrlFilter, urlFilter } from '../../../extension/icon/url-filter.ts';

/** As Chromium does: a dot stands before the host, and the port is only there where it is an unusual one. */
function isMet(filter: UrlFilter, url: string): boolean {
  const { hostname, href } = new URL(url);
  return 'hostSuffix' in filter ? `.${hostname}`.endsWith(filter.hostSuffix) : new RegExp(filter.urlMatches).test(href);
}

/** What a browser with these rules shows. */
function shownBy(rules: readonly IconRule[], url: string): IconName {
  const icons = rules.filter(({ sites }) => sites.some((site) => isMet(urlFilter(site), url))).map(({ icon }) => icon);
  expect(icons.length, `rules that match ${url}`).toBeLessThanOrEqual(1);
  return icons[0] ?? 'plain';
}

describe('iconRules', () => {
  test('nothing to tell needs no rule', () => expect(iconRules({})).toEqual([]));

  test('two rules are enough for any number of sites', () => {
    const sites = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, place): [string, ToldSite] => [
        `site${place}.test`,
        place % 2 === 0 ? 'news' : 3,
      ]),
    );
    expect(iconRules(sites).map(({ icon, sites }) => [icon, sites.length])).toEqual([
      ['news', 50_000],
      ['unread', 50_000],
    ]);
  });

  test('a domain with another icon than the one above it is taken out there, and one with the same is not named', () => {
    const sites: ToldSites = { 'shop.test': 2, 'docs.shop.test': 0, 'help.docs.shop.test': 'news', 'pay.shop.test': 1 };
    expect(iconRules(sites)).toEqual([
      { icon: 'news', sites: [{ domain: 'help.docs.shop.test', except: [] }] },
      { icon: 'unread', sites: [{ domain: 'shop.test', except: ['docs.shop.test'] }] },
    ]);
  });

  test('the same sites in another order give the same rules', () => {
    const sites: ToldSites = { 'b.test': 1, 'a.test': 1, 'x.a.test': 'news', 'w.a.test': 0 };
    expect(iconRules(Object.fromEntries(Object.entries(sites).toReversed()))).toEqual(iconRules(sites));
  });

  const label = fc.constantFrom('a', 'b', 'ab', 'a-b', 'abc', 'b_');
  const host = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => `${labels.join('.')}.test`);
  const site = fc.constantFrom<ToldSite>(0, 'news', 1, 12);
  const rest = fc.constantFrom('/', ':8443/', '/a.test/?https://b.test/', ':8443/x');

  test('show on every host what is told of it, by no more than one rule', () => {
    fc.assert(
      fc.property(
        fc.dictionary(host, site, { maxKeys: 12 }),
        fc.array(host, { minLength: 1 }),
        rest,
        (sites, hosts, end) => {
          const rules = iconRules(sites);
          for (const one of [...hosts, ...Object.keys(sites)]) {
            expect([one, shownBy(rules, `https://${one}${end}`)]).toEqual([one, iconOf(findTold(sites, one))]);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('urlFilter', () => {
  const filter = urlFilter({ domain: 'shop.test', except: ['docs.shop.test', 'a.b.shop.test', 'dock.shop.test'] });

  test.each<[string, boolean]>([
    ['https://shop.test/', true],
    ['http://shop.test:8080/x', true],
    ['https://www.shop.test/', true],
    ['https://doc.shop.test/', true],
    ['https://docsy.shop.test/', true],
    ['https://d.shop.test/', true],
    ['https://docs.www.shop.test/', true],
    ['https://b.shop.test/', true],
    ['https://c.b.shop.test/', true],
    ['https://docs.shop.test/', false],
    ['https://x.docs.shop.test/', false],
    ['https://dock.shop.test/', false],
    ['https://a.b.shop.test/', false],
    ['https://x.a.b.shop.test/', false],
    ['https://notshop.test/', false],
    ['https://shop.test.other.test/', false],
    ['https://other.test/shop.test/', false],
    ['https://other.test/?https://shop.test/', false],
    ['ftp://shop.test/', false],
  ])('%s: %s', (url, met) => expect(isMet(filter, url)).toBe(met));

  test('names that are none make no pattern', () => {
    const schemes = ['http', 'https'];
    expect(urlFilter({ domain: 'shop.test', except: ['(x|.*.shop.test'] })).toEqual({
      hostSuffix: '.shop.test',
      schemes,
    });
    expect(urlFilter({ domain: '[.test', except: ['a.[.test'] })).toEqual({ hostSuffix: '.[.test', schemes });
  });

  test('with ten thousand names below it, the domain itself and its www are all that is meant', () => {
    const except = Array.from({ length: 10_000 }, (_, place) => `user${place}.shop.test`);
    const made = urlFilter({ domain: 'shop.test', except });
    expect(JSON.stringify(made).length).toBeLessThan(100);
    expect(isMet(made, 'https://shop.test/')).toBe(true);
    expect(isMet(made, 'https://www.shop.test/')).toBe(true);
    expect(isMet(made, 'https://user9999.shop.test/')).toBe(false);
    expect(isMet(made, 'https://other.shop.test/')).toBe(false);
  });
});
