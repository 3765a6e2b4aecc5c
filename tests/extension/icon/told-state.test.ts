import * as fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { browser } from 'wxt/browser';
import { findTold } from '../../../extension/icon/told-sites.ts';
import { keepToldSites, readToldNear, readToldSites, toldItemOf } from '../../../extension/icon/told-state.ts';

beforeEach(() => browser.storage.local.clear());

const SITES = Object.fromEntries(
  Array.from(
    { length: 1_000 },
    (_, place) => [`site-${place}.example`, place % 3 === 0 ? 'news' : (place % 9) + 1] as const,
  ),
);

test('what is told of a site is read with few others', async () => {
  await keepToldSites({ ...SITES, 'docs.site-7.example': 0 });
  expect(await readToldSites()).toEqual({ ...SITES, 'docs.site-7.example': 0 });
  for (const host of [
    'site-9.example',
    'www.site-10.example',
    'a.docs.site-7.example.',
    'site-7.example',
    'other.example',
  ]) {
    const near = await readToldNear(host);
    expect(Object.keys(near).length).toBeLessThan(100);
    expect(findTold(near, host)).toBe(findTold(await readToldSites(), host));
  }
});

test('what is told no more is gone', async () => {
  await keepToldSites(SITES);
  await keepToldSites({ 'site-9.example': 2 });
  expect(await readToldSites()).toEqual({ 'site-9.example': 2 });
});

test('a host lies with all domains above it', () =>
  fc.assert(
    fc.property(fc.domain(), fc.domain(), (domain, below) => {
      expect(toldItemOf(`${below}.${domain}`)).toBe(toldItemOf(domain));
    }),
  ));
