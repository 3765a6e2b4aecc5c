import type { Scanner } from './scanner.ts';
import { nextElement, previousElement, type Test } from './test.ts';

const AN_PLUS_B = /even|odd|[+-]?\d*n(?:[ \t\n\f\r]*[+-][ \t\n\f\r]*\d+)?|[+-]?\d+/iy;

/** Reads `an+b` and tests whether `a·n+b`, n ≥ 0, can be the position. */
export function readFormula(scanner: Scanner): (position: number) => boolean {
  scanner.skipSpace();
  const text = scanner
    .match(AN_PLUS_B)
    .toLowerCase()
    .replace(/[ \t\n\f\r]/g, '');
  const [a, b] = coefficients(text) ?? scanner.fail();
  if (a === 0) return (position) => position === b;
  return (position) => (position - b) % a === 0 && (position - b) / a >= 0;
}

function coefficients(text: string): [number, number] | undefined {
  if (text === '') return undefined;
  if (text === 'even') return [2, 0];
  if (text === 'odd') return [2, 1];
  const [factor = '', offset] = text.split('n');
  if (offset === undefined) return [0, Number(factor)];
  const a = factor === '' || factor === '+' ? 1 : factor === '-' ? -1 : Number(factor);
  return [a, Number(offset)];
}

/** Tests the position among the siblings that count, from 1. Positions are counted once for all children of a parent. */
export function positionTest(
  fits: (position: number) => boolean,
  options: { fromEnd: boolean; ofType: boolean; counts?: Test | undefined },
): Test {
  const { fromEnd, ofType, counts } = options;
  const known = new Map<Node, Map<Element, number>>();
  const positionsBelow = (parent: Node): Map<Element, number> => {
    const positions = new Map<Element, number>();
    const totals = new Map<string, number>();
    let child = fromEnd ? lastElement(parent) : firstElement(parent);
    for (; child !== null; child = fromEnd ? previousElement(child) : nextElement(child)) {
      if (counts !== undefined && !counts(child)) continue;
      const type = ofType ? `${child.namespaceURI} ${child.localName}` : '';
      const position = (totals.get(type) ?? 0) + 1;
      totals.set(type, position);
      positions.set(child, position);
    }
    return positions;
  };
  return (element) => {
    const parent = element.parentNode;
    if (parent === null) return false;
    const positions = known.get(parent) ?? positionsBelow(parent);
    known.set(parent, positions);
    const position = positions.get(element);
    return position !== undefined && fits(position);
  };
}

function firstElement(parent: Node): Element | null {
  const first = parent.firstChild;
  return first === null || first.nodeType === 1 ? (first as Element | null) : nextElement(first);
}

function lastElement(parent: Node): Element | null {
  const last = parent.lastChild;
  return last === null || last.nodeType === 1 ? (last as Element | null) : previousElement(last);
}
