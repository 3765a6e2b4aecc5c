import { isHtml } from '../../html-element.ts';
import type { Scanner } from './scanner.ts';
import { asciiLowerCase, SPACES, type Test } from './test.ts';

/** Attributes whose values HTML compares without regard to case. @see https://html.spec.whatwg.org/#case-sensitivity-of-selectors */
const caseInsensitive = new Set(
  (
    'accept accept-charset align alink axis bgcolor charset checked clear codetype color compact declare defer dir ' +
    'direction disabled enctype face frame hreflang http-equiv lang language link media method multiple nohref noresize ' +
    'noshade nowrap readonly rel rev rules scope scrolling selected shape target text type valign valuetype vlink'
  ).split(' '),
);

type Comparison = (actual: string, expected: string) => boolean;

const comparisons: Readonly<Record<string, Comparison>> = {
  '=': (actual, expected) => actual === expected,
  '~=': (actual, expected) => expected !== '' && actual.split(SPACES).includes(expected),
  '|=': (actual, expected) => actual === expected || actual.startsWith(`${expected}-`),
  '^=': (actual, expected) => expected !== '' && actual.startsWith(expected),
  '$=': (actual, expected) => expected !== '' && actual.endsWith(expected),
  '*=': (actual, expected) => expected !== '' && actual.includes(expected),
};

/** Reads an attribute selector after its `[`. */
export function attributeTest(scanner: Scanner): Test {
  scanner.skipSpace();
  const name = scanner.expectIdentifier();
  const lowerName = asciiLowerCase(name);
  const read = (element: Element): string | null => element.getAttributeNS(null, isHtml(element) ? lowerName : name);
  scanner.skipSpace();
  if (scanner.take(']')) return (element) => read(element) !== null;

  const compare = comparisons[scanner.match(/[~|^$*]?=/y)] ?? scanner.fail();
  scanner.skipSpace();
  const expected = scanner.expectValue();
  const lowerExpected = asciiLowerCase(expected);
  scanner.skipSpace();
  const flag = scanner.match(/[is]/iy).toLowerCase();
  scanner.skipSpace();
  scanner.expect(']');
  return (element) => {
    const actual = read(element);
    if (actual === null) return false;
    const ignoresCase = flag === 'i' || (flag === '' && isHtml(element) && caseInsensitive.has(lowerName));
    return ignoresCase ? compare(asciiLowerCase(actual), lowerExpected) : compare(actual, expected);
  };
}
