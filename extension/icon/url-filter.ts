import type { IconSite } from './icon-rules.ts';

/** https://developer.chrome.com/docs/extensions/reference/api/events#type-UrlFilter */
export type UrlFilter =
  | { readonly hostSuffix: string; readonly schemes: readonly string[] }
  | { readonly urlMatches: string };

/** Labels below a domain that is to be left out, as a tree from the domain on. */
interface Labels {
  isLeftOut: boolean;
  readonly below: Map<string, Labels>;
}

/** A label of a name, as browsers have it; others are never asked for. */
const NAME = /^[a-z\d_-]+(?:\.[a-z\d_-]+)*$/;

/** More than any service has; a browser takes no pattern of any length, and then none of the rule. */
const MOST_LEFT_OUT = 100;

/**
 * What says of an address that it is on a site.
 *
 * A dot before the domain: the browser puts one before the host as well, so that the domain itself matches and
 * `notexample.com` does not. Where something is left out it takes a pattern, of a length and cost that grow with the names.
 */
export function urlFilter({ domain, except }: IconSite): UrlFilter {
  const named = except.filter((one) => NAME.test(one));
  if (named.length === 0 || !NAME.test(domain)) return { hostSuffix: `.${domain}`, schemes: ['http', 'https'] };
  if (named.length > MOST_LEFT_OUT) return { urlMatches: address(domain, '(?:www\\.)?') };
  const labels: Labels = { isLeftOut: false, below: new Map() };
  for (const one of named)
    leaveOut(
      labels,
      one
        .slice(0, -domain.length - 1)
        .split('.')
        .toReversed(),
    );
  return { urlMatches: address(domain, hostsBelow(labels)) };
}

const address = (domain: string, before: string): string =>
  `^https?://${before}${domain.replaceAll('.', '\\.')}(?::\\d+)?/`;

function leaveOut(labels: Labels, path: readonly string[]): void {
  let place = labels;
  for (const label of path) {
    const next = place.below.get(label) ?? { isLeftOut: false, below: new Map() };
    place.below.set(label, next);
    place = next;
  }
  place.isLeftOut = true;
}

/** Nothing, or what stands before the domain with its last dot. RE2 knows no pattern for “not this”. */
function hostsBelow({ below }: Labels): string {
  const others = `(?:[^/:]+\\.)?${otherThan([...below.keys()])}\\.`;
  const partly = [...below].filter(([, { isLeftOut }]) => !isLeftOut);
  return `(?:${[others, ...partly.map(([label, labels]) => `${hostsBelow(labels)}${label}\\.`)].join('|')})?`;
}

/** Any label but these: at each place of them, what goes on otherwise. */
function otherThan(labels: readonly string[], isBegun = false): string {
  const next = Map.groupBy(
    labels.filter((label) => label !== ''),
    (label) => label.charAt(0),
  );
  const otherwise = `[^${[...next.keys()].join('').replace('-', '\\-')}./:][^./:]*`;
  const goesOn = [...next].map(([first, those]) => {
    const rest = those.map((label) => label.slice(1));
    return `${first}${otherThan(rest, true)}`;
  });
  // What ends here is another label, unless one of these ends here too.
  const mayEnd = isBegun && !labels.includes('');
  return `(?:${[otherwise, ...goesOn].join('|')})${mayEnd ? '?' : ''}`;
}
