import { isHtml } from '../../html-element.ts';
import { attributeTest } from './attribute-test.ts';
import { anyOf, type Combinator, type ComplexSelector, complexTest, hasTest, type Step } from './complex-selector.ts';
import { pseudoClassTest } from './pseudo-class-test.ts';
import { Scanner } from './scanner.ts';
import { asciiLowerCase, SPACES, type Test } from './test.ts';

/**
 * Compiles a list of selectors (Selectors Level 4 without namespaces, pseudo-elements and states) for one search.
 *
 * @param isQuirky classes and ids are compared without regard to case, as in documents without a doctype
 * @throws UnsupportedSelector for whatever else is written
 */
export function compileSelectors(text: string, isQuirky: boolean): Test {
  const scanner = new Scanner(text);
  const selectors = readSelectors(scanner, isQuirky);
  // A list also ends at a parenthesis that nothing opened.
  if (!scanner.isAtEnd) scanner.fail();
  return anyOf(selectors.map(complexTest));
}

/** Reads selectors separated by commas, up to a closing parenthesis or the end. */
function readSelectors(scanner: Scanner, isQuirky: boolean): ComplexSelector[] {
  return readList(scanner, () => readComplex(scanner, isQuirky, ' '));
}

/** The same for `:has()`, where each may start with a combinator. */
function readRelativeSelectors(scanner: Scanner, isQuirky: boolean): ComplexSelector[] {
  return readList(scanner, () => {
    const combinator = takeCombinator(scanner) ?? ' ';
    scanner.skipSpace();
    return readComplex(scanner, isQuirky, combinator);
  });
}

function readList(scanner: Scanner, read: () => ComplexSelector): ComplexSelector[] {
  const selectors: ComplexSelector[] = [];
  do {
    scanner.skipSpace();
    selectors.push(read());
  } while (scanner.take(','));
  return selectors;
}

function readComplex(scanner: Scanner, isQuirky: boolean, first: Combinator): ComplexSelector {
  const steps: Step[] = [{ combinator: first, test: readCompound(scanner, isQuirky) }];
  for (;;) {
    const hasSpace = scanner.skipSpace();
    if (scanner.isAtEnd || scanner.peek() === ',' || scanner.peek() === ')') return steps;
    const combinator = takeCombinator(scanner);
    if (combinator === undefined && !hasSpace) scanner.fail();
    scanner.skipSpace();
    steps.push({ combinator: combinator ?? ' ', test: readCompound(scanner, isQuirky) });
  }
}

function takeCombinator(scanner: Scanner): Combinator | undefined {
  return (['>', '+', '~'] as const).find((combinator) => scanner.take(combinator));
}

function readCompound(scanner: Scanner, isQuirky: boolean): Test {
  const start = scanner.position;
  const tests: Test[] = [];
  const argument = {
    any: () => anyOf(readSelectors(scanner, isQuirky).map(complexTest)),
    has: () => anyOf(readRelativeSelectors(scanner, isQuirky).map(hasTest)),
  };
  if (!scanner.take('*')) {
    const name = scanner.identifier();
    if (name !== undefined) tests.push(typeTest(name));
  }
  for (;;) {
    if (scanner.take('#')) tests.push(idTest(scanner.expectIdentifier(), isQuirky));
    else if (scanner.take('.')) tests.push(classTest(scanner.expectIdentifier(), isQuirky));
    else if (scanner.take('[')) tests.push(attributeTest(scanner));
    else if (scanner.take(':')) tests.push(pseudoClassTest(scanner, argument));
    else break;
  }
  if (scanner.position === start) scanner.fail();
  const [only] = tests;
  return tests.length === 1 && only !== undefined ? only : (element) => tests.every((test) => test(element));
}

function typeTest(name: string): Test {
  const lowerName = asciiLowerCase(name);
  return (element) => element.localName === (isHtml(element) ? lowerName : name);
}

function idTest(id: string, isQuirky: boolean): Test {
  if (!isQuirky) return (element) => element.getAttributeNS(null, 'id') === id;
  const lowerId = asciiLowerCase(id);
  return (element) => {
    const actual = element.getAttributeNS(null, 'id');
    return actual !== null && asciiLowerCase(actual) === lowerId;
  };
}

function classTest(name: string, isQuirky: boolean): Test {
  const expected = isQuirky ? asciiLowerCase(name) : name;
  return (element) => {
    const written = element.getAttributeNS(null, 'class');
    if (written === null) return false;
    const actual = isQuirky ? asciiLowerCase(written) : written;
    // Most elements have another class: the cheap question first.
    return actual.includes(expected) && (actual === expected || actual.split(SPACES).includes(expected));
  };
}
