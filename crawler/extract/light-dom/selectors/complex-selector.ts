import { elementsBelow, nextElement, previousElement, type Test } from './test.ts';

export type Combinator = ' ' | '>' | '+' | '~';

/** One compound of a selector, and how it hangs on the one before it. */
export interface Step {
  readonly combinator: Combinator;
  readonly test: Test;
}

/** Compounds from left to right. */
export type ComplexSelector = readonly Step[];

type Match = (element: Element, steps: ComplexSelector, index: number) => boolean;

const leftOf: Record<Combinator, Match> = {
  '>': (element, steps, index) => {
    const parent = parentElement(element);
    return parent !== null && matchesStep(parent, steps, index);
  },
  ' ': (element, steps, index) => {
    for (let parent = parentElement(element); parent !== null; parent = parentElement(parent)) {
      if (matchesStep(parent, steps, index)) return true;
    }
    return false;
  },
  '+': (element, steps, index) => {
    const previous = previousElement(element);
    return previous !== null && matchesStep(previous, steps, index);
  },
  '~': (element, steps, index) => {
    for (let previous = previousElement(element); previous !== null; previous = previousElement(previous)) {
      if (matchesStep(previous, steps, index)) return true;
    }
    return false;
  },
};

/** A test for the element at the right end of the selector. */
export const complexTest =
  (steps: ComplexSelector): Test =>
  (element) =>
    matchesStep(element, steps, steps.length - 1);

/** A test that any of the selectors passes. */
export function anyOf(tests: readonly Test[]): Test {
  const [first] = tests;
  if (first !== undefined && tests.length === 1) return first;
  return (element) => tests.some((test) => test(element));
}

/** The test of `:has()`: something is found that hangs on the element by the selector's first combinator. */
export function hasTest(steps: ComplexSelector): Test {
  const [first] = steps;
  const isBelow = first?.combinator === ' ' || first?.combinator === '>';
  return (anchor) => {
    const test = complexTest([{ combinator: ' ', test: (element) => element === anchor }, ...steps]);
    if (isBelow) return someBelow(anchor, test);
    for (let next = nextElement(anchor); next !== null; next = nextElement(next)) {
      if (test(next) || someBelow(next, test)) return true;
    }
    return false;
  };
}

function matchesStep(element: Element, steps: ComplexSelector, index: number): boolean {
  const step = steps[index];
  if (step === undefined || !step.test(element)) return false;
  return index === 0 || leftOf[step.combinator](element, steps, index - 1);
}

function someBelow(root: Element, test: Test): boolean {
  for (const element of elementsBelow(root)) if (test(element)) return true;
  return false;
}

const parentElement = (node: Node): Element | null =>
  node.parentNode?.nodeType === 1 ? (node.parentNode as Element) : null;
