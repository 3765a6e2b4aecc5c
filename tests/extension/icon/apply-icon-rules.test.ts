import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { applyIconRules, hasIconRules } from '../../../extension/icon/apply-icon-rules.ts';
import type { IconRule } from '../../../extension/icon/icon-rules.ts';

vi.mock(import('../../../extension/icon/icon-images.ts'), async (original) => ({
  ...(await original()),
  iconImages: async (icon: string) => ({ 16: icon }) as never,
}));

interface Rule {
  readonly id: string;
  readonly conditions: readonly unknown[];
  readonly actions: readonly unknown[];
}

let kept: Rule[];
let calls: string[];
let lastError: { readonly message: string } | undefined;

class Given {
  readonly given: unknown;
  constructor(given: unknown) {
    this.given = given;
  }
}

beforeEach(() => {
  fakeBrowser.reset();
  kept = [];
  calls = [];
  lastError = undefined;
  Object.defineProperty(fakeBrowser.runtime, 'lastError', { get: () => lastError, configurable: true });
  const onPageChanged = {
    getRules: (done: (rules: Rule[]) => void) => done(kept),
    addRules: (rules: Rule[], done: () => void) => {
      if (!lastError) kept = [...kept, ...rules];
      calls.push(`add ${rules.length}`);
      done();
    },
    removeRules: (ids: string[], done: () => void) => {
      kept = kept.filter(({ id }) => !ids.includes(id));
      calls.push(`remove ${ids.length}`);
      done();
    },
  };
  Object.assign(fakeBrowser, { declarativeContent: { onPageChanged, PageStateMatcher: Given, SetIcon: Given } });
});

const site = (domain: string) => ({ domain, except: [] });
const unread: IconRule = { icon: 'unread', sites: [site('brass.example'), site('lark.example')] };
const news: IconRule = { icon: 'news', sites: [site('docs.test')] };
const said = () => calls.splice(0);

describe('applyIconRules', () => {
  test('gives the browser the rules, each for websites of its domains and below them', async () => {
    await applyIconRules([unread, news]);
    expect(kept).toHaveLength(2);
    const condition = (hostSuffix: string) => new Given({ pageUrl: { hostSuffix, schemes: ['http', 'https'] } });
    expect(kept[0]?.conditions).toEqual([condition('.brass.example'), condition('.lark.example')]);
    expect(kept[0]?.actions).toEqual([new Given({ imageData: { 16: 'unread' } })]);
  });

  test('writes nothing that is there already', async () => {
    await applyIconRules([unread, news]);
    said();
    await applyIconRules([unread, news]);
    expect(said()).toEqual([]);
  });

  test('adds what is new before it takes away what is not meant any more', async () => {
    await applyIconRules([unread, news]);
    said();
    await applyIconRules([{ ...unread, sites: [site('lark.example')] }, news]);
    expect(said()).toEqual(['add 1', 'remove 1']);
    await applyIconRules([]);
    expect(said()).toEqual(['remove 2']);
    expect(kept).toEqual([]);
  });

  test('two at once come one after the other', async () => {
    await Promise.all([applyIconRules([unread]), applyIconRules([news])]);
    expect(kept.map(({ id }) => id.split(' ')[0])).toEqual(['news']);
  });

  test('says why the browser took none', async () => {
    lastError = { message: 'too many' };
    await expect(applyIconRules([unread])).rejects.toThrow('The browser took no rules for icons: too many');
  });

  test('does nothing where the browser has no such rules', async () => {
    Object.assign(fakeBrowser, { declarativeContent: undefined });
    expect(hasIconRules()).toBe(false);
    await applyIconRules([unread]);
    expect(said()).toEqual([]);
  });
});
