import { isCssSelector } from './css-syntax.ts';
import { isObject, kindOf, memberPath, type Report } from './fault.ts';
import type { RangeSelector, Selector, Selectors } from './service.ts';

const STARTS = ['startBefore', 'startAfter'] as const;
const ENDS = ['endBefore', 'endAfter'] as const;
const RANGE_KEYS: readonly string[] = [...STARTS, ...ENDS];

/** @returns undefined, with faults, where the value cannot be used as `select` or `remove`. */
export function readSelectors(value: unknown, path: string, report: Report): Selectors | undefined {
  if (!Array.isArray(value)) return readSelector(value, path, report);
  const selectors = value.map((item, index) => readSelector(item, memberPath(path, index), report));
  const usable = selectors.filter((selector) => selector !== undefined);
  return usable.length === selectors.length ? usable : undefined;
}

function readSelector(value: unknown, path: string, report: Report): Selector | undefined {
  if (typeof value === 'string') return readCss(value, path, report);
  if (isObject(value)) return readRange(value, path, report);
  report(
    path,
    `is ${kindOf(value)}; expected a CSS selector, a range, or an array of them`,
    'Write a selector such as "main", or a range such as {"startBefore": "#terms", "endBefore": "footer"}.',
  );
  return undefined;
}

function readCss(value: string, path: string, report: Report): string | undefined {
  if (value.trim() === '') {
    report(path, 'is an empty text; expected a CSS selector', 'Write a selector such as "main", or take the key out.');
    return undefined;
  }
  // Still tracked: the snapshots are worth keeping, and the extraction then says which selector it cannot use.
  if (!isCssSelector(value)) {
    report(
      path,
      `${JSON.stringify(value)} is not a valid CSS selector`,
      'Try it in a browser with document.querySelector().',
    );
  }
  return value;
}

function readRange(value: Record<string, unknown>, path: string, report: Report): RangeSelector | undefined {
  let usable = true;
  for (const [key, selector] of Object.entries(value)) {
    if (!RANGE_KEYS.includes(key)) {
      report(memberPath(path, key), `is not a key of a range; expected ${RANGE_KEYS.join(', ')}`, 'Take it out.');
    } else if (typeof selector !== 'string') {
      report(
        memberPath(path, key),
        `is ${kindOf(selector)}; expected a CSS selector`,
        'Write a selector such as "#terms".',
      );
      usable = false;
    } else {
      usable = readCss(selector, memberPath(path, key), report) !== undefined && usable;
    }
  }
  for (const [end, keys] of [
    ['start', STARTS],
    ['end', ENDS],
  ] as const) {
    const given = keys.filter((key) => key in value);
    if (given.length === 1) continue;
    report(
      path,
      `a range has exactly one ${end}, ${keys.join(' or ')}; this one has ${given.length === 0 ? 'none' : 'both'}`,
      given.length === 0 ? `Add ${keys.join(' or ')}.` : 'Keep one of the two.',
    );
    usable = false;
  }
  if (!usable) return undefined;
  return Object.fromEntries(Object.entries(value).filter(([key]) => RANGE_KEYS.includes(key)));
}
