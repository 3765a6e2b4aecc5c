import { parentOf, type ToldSite, type ToldSites } from './told-sites.ts';

/** The three icons. They differ by shape, not by colour alone. */
export type IconName = 'plain' | 'news' | 'unread';

/** On these hosts the browser shows this icon. No host is of two rules. */
export interface IconRule {
  readonly icon: Exclude<IconName, 'plain'>;
  /** Sorted. */
  readonly sites: readonly IconSite[];
}

/** A domain and all hosts below it, but for some domains with services of their own, and all hosts below these. */
export interface IconSite {
  readonly domain: string;
  /** Sorted; all below `domain`. */
  readonly except: readonly string[];
}

export const iconOf = (site: ToldSite): IconName => (site === 0 ? 'plain' : site === 'news' ? 'news' : 'unread');

/**
 * Rules for the icon on all sites: one for each icon but the plain one, which needs none.
 *
 * A domain below one with another icon is taken out of that one's rule, instead of being given a rule of higher priority: in a
 * tab that once showed an icon of some priority, Chromium shows none of a lower one any more (seen in Chromium 156;
 * `ExtensionAction::GetDeclarativeIcon` looks at the highest priority alone, also once nothing is left of it).
 */
export function iconRules(sites: ToldSites): readonly IconRule[] {
  const placed = new Map<string, { readonly icon: IconName; readonly except: string[] }>();
  for (const domain of Object.keys(sites).toSorted(byLabels)) {
    const icon = iconOf(sites[domain] ?? 0);
    const above = placed.get(parentOf(domain, (parent) => placed.has(parent)) ?? '');
    if (icon === (above?.icon ?? 'plain')) continue;
    placed.set(domain, { icon, except: [] });
    above?.except.push(domain);
  }
  return (['news', 'unread'] as const).flatMap((icon): readonly IconRule[] => {
    const own = [...placed].filter(([, site]) => site.icon === icon).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const rule = own.map(([domain, { except }]): IconSite => ({ domain, except: except.toSorted() }));
    return rule.length > 0 ? [{ icon, sites: rule }] : [];
  });
}

/** Domains before those below them. */
const byLabels = (a: string, b: string): number => a.split('.').length - b.split('.').length;
