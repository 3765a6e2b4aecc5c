import { browser } from 'wxt/browser';
import { sha256 } from '../files/download.ts';
import { iconImages } from './icon-images.ts';
import type { IconRule } from './icon-rules.ts';
import { urlFilter } from './url-filter.ts';

/** https://developer.chrome.com/docs/extensions/reference/api/events#type-Rule */
interface BrowsersRule {
  readonly id: string;
  readonly conditions: readonly unknown[];
  readonly actions: readonly unknown[];
}

interface RuleEvent {
  readonly getRules: (done: (rules: readonly BrowsersRule[]) => void) => void;
  readonly addRules: (rules: readonly BrowsersRule[], done: () => void) => void;
  readonly removeRules: (ids: readonly string[], done: () => void) => void;
}

/** Chromium alone has rules for icons. */
const onPageChanged = (): RuleEvent | undefined => browser.declarativeContent?.onPageChanged;

export const hasIconRules = (): boolean => onPageChanged() !== undefined;

/**
 * Makes the browser's rules these. They hold at once, also for what is open already, and stay over restarts. Each has a name that
 * follows from what it says, so that those which are there already are not written again; new ones come before old ones go, so
 * that no icon is plain in between.
 */
export async function applyIconRules(rules: readonly IconRule[]): Promise<void> {
  const event = onPageChanged();
  if (!event) return;
  await navigator.locks.request('icon-rules', async () => {
    const wanted = new Map(await Promise.all(rules.map(async (rule) => [await nameOf(rule), rule] as const)));
    const present = (await asked<readonly BrowsersRule[]>((done) => event.getRules(done))).map(({ id }) => id);
    const missing = [...wanted].filter(([id]) => !present.includes(id));
    const surplus = present.filter((id) => !wanted.has(id));
    if (missing.length > 0) {
      const added = await Promise.all(missing.map(([id, rule]) => browsersRule(id, rule)));
      await asked<void>((done) => event.addRules(added, done));
    }
    if (surplus.length > 0) await asked<void>((done) => event.removeRules(surplus, done));
  });
}

/** The version is part of it, since another one may draw its icons otherwise. */
async function nameOf(rule: IconRule): Promise<string> {
  const said = JSON.stringify([rule, browser.runtime.getManifest().version]);
  return `${rule.icon} ${(await sha256(new TextEncoder().encode(said))).slice(0, 16)}`;
}

async function browsersRule(id: string, { icon, sites }: IconRule): Promise<BrowsersRule> {
  const { PageStateMatcher, SetIcon } = browser.declarativeContent;
  return {
    id,
    conditions: sites.map((site) => new PageStateMatcher({ pageUrl: urlFilter(site) })),
    actions: [new SetIcon({ imageData: await iconImages(icon) })],
  };
}

/** These functions know callbacks only, and say what went wrong in `lastError`. */
function asked<Answer>(ask: (done: (answer: Answer) => void) => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    ask((answer) => {
      const error = browser.runtime.lastError;
      if (error) reject(new Error(`The browser took no rules for icons: ${error.message}`));
      else resolve(answer);
    });
  });
}
