import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type IconName, type IconRule, iconOf, iconRules } from '../../../extension/icon/icon-rules.ts';
import { findTold, type ToldSite, type ToldSites } from '../../../extension/icon/told-sites.ts';

/** What a browser with these rules shows: of those that match, the icon of the highest priority. */
function shownBy(rules: readonly IconRule[], host: string): IconName {
  const matching = rules.filter(({ domains }) => domains.some((domain) => `.${host}`.endsWith(`.${domain}`)));
  const most = Math.max(...matching.map(({ priority }) => priority));
  const icons = new Set(matching.filter(({ priority }) => priority === most).map(({ icon }) => icon));
  expect(icons.size, `icons of one priority on ${host}`).toBeLessThanOrEqual(1);
  return [...icons][0] ?? 'plain';
}

describe('iconRules', () => {
  test('nothing to tell needs no rule', () => expect(iconRules({})).toEqual([]));

  test('two rules are enough for any number of sites without others below them', () => {
    const sites = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, place): [string, ToldSite] => [
        `site${place}.test`,
        place % 2 === 0 ? 'news' : 3,
      ]),
    );
    const rules = iconRules(sites);
    expect(rules.map(({ icon, priority }) => [icon, priority])).toEqual([
      ['news', 100],
      ['unread', 100],
    ]);
    expect(rules.map(({ domains }) => domains.length)).toEqual([50_000, 50_000]);
  });

  test('a domain below another has the last word, and none where it says the same', () => {
    const sites: ToldSites = { 'shop.test': 2, 'docs.shop.test': 0, 'help.docs.shop.test': 5, 'pay.shop.test': 1 };
    expect(iconRules(sites)).toEqual([
      { icon: 'unread', priority: 100, domains: ['shop.test'] },
      { icon: 'plain', priority: 101, domains: ['docs.shop.test'] },
      { icon: 'unread', priority: 102, domains: ['help.docs.shop.test'] },
    ]);
  });

  test('the same sites in another order give the same rules', () => {
    const sites: ToldSites = { 'b.test': 1, 'a.test': 1, 'x.a.test': 'news' };
    expect(iconRules(Object.fromEntries(Object.entries(sites).toReversed()))).toEqual(iconRules(sites));
  });

  const label = fc.constantFrom('a', 'b', 'ab');
  const host = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => `${labels.join('.')}.test`);
  const site = fc.constantFrom<ToldSite>(0, 'news', 1, 12);

  test('show on every host what is told of it', () => {
    fc.assert(
      fc.property(fc.dictionary(host, site, { maxKeys: 12 }), fc.array(host, { minLength: 1 }), (sites, hosts) => {
        const rules = iconRules(sites);
        expect(rules.length).toBeLessThanOrEqual(10);
        for (const one of [...hosts, ...Object.keys(sites)]) {
          expect([one, shownBy(rules, one)]).toEqual([one, iconOf(findTold(sites, one))]);
        }
      }),
    );
  });

  test('there are never more than ten, and the domains above are those that keep theirs', () => {
    const kinds: readonly ToldSite[] = [1, 0, 'news'];
    const families = ['x.test', 'y.test', 'z.test'].flatMap((family, shift) =>
      Array.from({ length: 8 }, (_, depth): [string, ToldSite] => [
        [...Array.from({ length: depth }, (_, place) => `d${depth - place}`), family].join('.'),
        kinds[(depth + shift) % 3] ?? 0,
      ]),
    );
    const sites = Object.fromEntries(families);
    const rules = iconRules(sites);
    expect(rules).toHaveLength(10);
    for (const [domain] of families.filter(([name]) => name.split('.').length <= 4)) {
      expect([domain, shownBy(rules, domain)]).toEqual([domain, iconOf(findTold(sites, domain))]);
    }
  });
});
