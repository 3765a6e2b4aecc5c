/** A point between two children of `container`: before the child at `offset`, or after the last one. */
interface Boundary {
  container: Node;
  offset: number;
}

/**
 * A part of a document whose ends lie before or after elements. A small `Range` of our own: the light DOM has none, and
 * ends of declared ranges never lie inside of text.
 */
export interface DocumentRange {
  readonly start: Boundary;
  readonly end: Boundary;
}

export interface RangeEnds {
  readonly from: Element;
  readonly fromSide: 'before' | 'after';
  readonly to: Element;
  readonly toSide: 'before' | 'after';
}

/** A range whose end comes before its start is empty, at its end, as `Range.setEnd` has it. */
export function createRange({ from, fromSide, to, toSide }: RangeEnds): DocumentRange {
  const start = boundary(from, fromSide);
  const end = boundary(to, toSide);
  return isAfter(start, end) ? { start: { ...end }, end } : { start, end };
}

/** Copies of all that lies in the range; elements that lie in it partly are copied with the part that does. */
export function cloneContents(range: DocumentRange, document: Document): DocumentFragment {
  const fragment = document.createDocumentFragment();
  copyChildren(commonAncestor(range), range.start, range.end, fragment);
  return fragment;
}

/** Removes all that lies wholly in the range, and moves the other ranges' ends as live ranges do. */
export function deleteContents(range: DocumentRange, others: readonly DocumentRange[]): void {
  const contained: Node[] = [];
  collectContained(commonAncestor(range), range.start, range.end, contained);
  for (const node of contained) removeNode(node, others);
}

/** Removes a node and moves the ranges' ends as live ranges do. A node that is already out of the tree is left alone. */
export function removeNode(node: Node, ranges: readonly DocumentRange[]): void {
  const parent = node.parentNode;
  if (parent === null) return;
  if (ranges.length > 0) {
    const index = indexOf(node);
    for (const end of ranges.flatMap(({ start, end }) => [start, end])) {
      if (isWithin(end.container, node)) {
        end.container = parent;
        end.offset = index;
      } else if (end.container === parent && end.offset > index) end.offset--;
    }
  }
  parent.removeChild(node);
}

function boundary(element: Element, side: 'before' | 'after'): Boundary {
  const container = element.parentNode;
  if (container === null) throw new Error('A range can neither start nor end at an element outside of the document');
  return { container, offset: indexOf(element) + (side === 'after' ? 1 : 0) };
}

function copyChildren(node: Node, start: Boundary | undefined, end: Boundary | undefined, target: Node): void {
  for (const { child, start: childStart, end: childEnd } of childrenBetween(node, start, end)) {
    if (childStart === undefined && childEnd === undefined) target.appendChild(child.cloneNode(true));
    else {
      const copy = child.cloneNode(false);
      target.appendChild(copy);
      copyChildren(child, childStart, childEnd, copy);
    }
  }
}

function collectContained(node: Node, start: Boundary | undefined, end: Boundary | undefined, contained: Node[]): void {
  for (const { child, start: childStart, end: childEnd } of childrenBetween(node, start, end)) {
    if (childStart === undefined && childEnd === undefined) contained.push(child);
    else collectContained(child, childStart, childEnd, contained);
  }
}

/** The children that lie in the range, with the ends that lie in each of them; without ends, the child lies in it wholly. */
function childrenBetween(
  node: Node,
  start: Boundary | undefined,
  end: Boundary | undefined,
): { child: Node; start: Boundary | undefined; end: Boundary | undefined }[] {
  const children = Array.from(node.childNodes) as Node[];
  const startChild = start && childHolding(node, start);
  const endChild = end && childHolding(node, end);
  const first = start === undefined ? 0 : startChild ? children.indexOf(startChild) : start.offset;
  const last = end === undefined ? children.length : endChild ? children.indexOf(endChild) + 1 : end.offset;
  return children.slice(first, last).map((child) => ({
    child,
    start: child === startChild ? start : undefined,
    end: child === endChild ? end : undefined,
  }));
}

/** The child of the node that the boundary lies in, or undefined when it lies between the node's own children. */
function childHolding(node: Node, { container }: Boundary): Node | undefined {
  if (container === node) return undefined;
  let child: Node = container;
  while (child.parentNode !== null && child.parentNode !== node) child = child.parentNode;
  return child;
}

function commonAncestor({ start, end }: DocumentRange): Node {
  let ancestor = start.container;
  while (!isWithin(end.container, ancestor) && ancestor.parentNode !== null) ancestor = ancestor.parentNode;
  return ancestor;
}

function isWithin(node: Node, ancestor: Node): boolean {
  for (let current: Node | null = node; current !== null; current = current.parentNode) {
    if (current === ancestor) return true;
  }
  return false;
}

function isAfter(a: Boundary, b: Boundary): boolean {
  const [left, right] = [path(a), path(b)];
  for (const [depth, index] of left.entries()) {
    const other = right[depth];
    if (other === undefined) return true;
    if (index !== other) return index > other;
  }
  return false;
}

/** Indexes from the root down, the offset last. */
function path({ container, offset }: Boundary): number[] {
  const indexes = [offset];
  for (let node = container; node.parentNode !== null; node = node.parentNode) indexes.unshift(indexOf(node));
  return indexes;
}

function indexOf(node: Node): number {
  let index = 0;
  for (let sibling = node.previousSibling; sibling !== null; sibling = sibling.previousSibling) index++;
  return index;
}
