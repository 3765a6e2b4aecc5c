import { parentOf, type ToldSite, type ToldSites } from './told-sites.ts';

/** The three icons. They differ by shape, not by colour alone. */
export type IconName = 'plain' | 'news' | 'unread';

/** On hosts of these domains and below them, the browser shows this icon; of rules that match, that of the highest priority. */
export interface IconRule {
  readonly icon: IconName;
  readonly priority: number;
  /** Sorted. */
  readonly domains: readonly string[];
}

/** The budget of the design. A rule takes any number of domains, so that two are enough but for domains below others. */
const MOST_RULES = 10;

/** Chrome's priority where none is given. */
const LEAST_PRIORITY = 100;

export const iconOf = (site: ToldSite): IconName => (site === 0 ? 'plain' : site === 'news' ? 'news' : 'unread');

/**
 * Rules for the icon on all sites: one for each icon, and further ones for domains below a domain with another icon
 * (`docs.example.com` with services of its own, below `example.com`), which override it by their priority.
 *
 * Each domain that differs from the one above it takes the next level of rules. With ten rules, domains that differ three times
 * in a row are told apart for certain (`d.c.b.example.com`); below that, some keep the icon of the domain above them.
 */
export function iconRules(sites: ToldSites): readonly IconRule[] {
  const placed = new Map<string, { readonly icon: IconName; readonly level: number }>();
  for (const domain of Object.keys(sites).toSorted(byLabels)) {
    const icon = iconOf(sites[domain] ?? 0);
    const above = placed.get(parentOf(domain, (parent) => placed.has(parent)) ?? '');
    if (icon !== (above?.icon ?? 'plain')) placed.set(domain, { icon, level: above ? above.level + 1 : 0 });
  }
  const groups = Map.groupBy(placed.keys(), (domain) => {
    const { icon, level } = placed.get(domain) ?? { icon: 'plain', level: 0 };
    return `${level} ${icon}`;
  });
  const rules = [...groups.values()].map((domains): IconRule & { readonly level: number } => {
    const { icon, level } = placed.get(domains[0] ?? '') ?? { icon: 'plain', level: 0 };
    return { icon, level, priority: LEAST_PRIORITY + level, domains: domains.toSorted() };
  });
  return rules
    .toSorted((a, b) => a.level - b.level || (a.icon < b.icon ? -1 : 1))
    .slice(0, MOST_RULES)
    .map(({ icon, priority, domains }) => ({ icon, priority, domains }));
}

/** Domains before those below them. */
const byLabels = (a: string, b: string): number => a.split('.').length - b.split('.').length;
