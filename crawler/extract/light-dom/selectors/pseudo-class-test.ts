import { positionTest, readFormula } from './position-test.ts';
import type { Scanner } from './scanner.ts';
import { asciiLowerCase, type Test } from './test.ts';

/** Reads selectors inside of the parentheses of a pseudo-class. */
export interface ArgumentReader {
  /** A list of selectors: a test that any of them passes. */
  readonly any: () => Test;
  /** The same for the relative selectors of `:has()`. */
  readonly has: () => Test;
}

type Reader = (scanner: Scanner, argument: ArgumentReader) => Test;

const isFirst = (position: number): boolean => position === 1;
const child = (fromEnd: boolean): Test => positionTest(isFirst, { fromEnd, ofType: false });
const ofType = (fromEnd: boolean): Test => positionTest(isFirst, { fromEnd, ofType: true });
const both =
  (a: Test, b: Test): Test =>
  (element) =>
    a(element) && b(element);

const plain: Readonly<Record<string, () => Test>> = {
  root: () => (element) => element.parentNode?.nodeType === 9,
  empty: () => isEmpty,
  'first-child': () => child(false),
  'last-child': () => child(true),
  'only-child': () => both(child(false), child(true)),
  'first-of-type': () => ofType(false),
  'last-of-type': () => ofType(true),
  'only-of-type': () => both(ofType(false), ofType(true)),
};

const withArgument: Readonly<Record<string, Reader>> = {
  is: (_, argument) => argument.any(),
  where: (_, argument) => argument.any(),
  not: (_, argument) => {
    const excluded = argument.any();
    return (element) => !excluded(element);
  },
  has: (_, argument) => argument.has(),
  'nth-child': (scanner, argument) => nthChild(scanner, argument, false),
  'nth-last-child': (scanner, argument) => nthChild(scanner, argument, true),
  'nth-of-type': (scanner) => positionTest(readFormula(scanner), { fromEnd: false, ofType: true }),
  'nth-last-of-type': (scanner) => positionTest(readFormula(scanner), { fromEnd: true, ofType: true }),
};

/** Reads a pseudo-class after its colon. Those that depend on a user, a form's state or a language are left to jsdom. */
export function pseudoClassTest(scanner: Scanner, argument: ArgumentReader): Test {
  const name = asciiLowerCase(scanner.expectIdentifier());
  if (!scanner.take('(')) {
    const make = Object.hasOwn(plain, name) ? plain[name] : undefined;
    return make === undefined ? scanner.fail() : make();
  }
  const read = (Object.hasOwn(withArgument, name) ? withArgument[name] : undefined) ?? scanner.fail();
  const test = read(scanner, argument);
  scanner.skipSpace();
  scanner.expect(')');
  return test;
}

function nthChild(scanner: Scanner, argument: ArgumentReader, fromEnd: boolean): Test {
  const fits = readFormula(scanner);
  const hasSpace = scanner.skipSpace();
  const isLimited = hasSpace && scanner.match(/of(?=[ \t\n\f\r.#[:*])/iy) !== '';
  return positionTest(fits, { fromEnd, ofType: false, counts: isLimited ? argument.any() : undefined });
}

function isEmpty(element: Element): boolean {
  for (let child = element.firstChild; child !== null; child = child.nextSibling) {
    if (child.nodeType === 1) return false;
    if ((child.nodeType === 3 || child.nodeType === 4) && child.nodeValue !== '') return false;
  }
  return true;
}
