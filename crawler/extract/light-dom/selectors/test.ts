/** Says whether an element fits. Compiled for one search in a document that does not change meanwhile. */
export type Test = (element: Element) => boolean;

export const SPACES = /[ \t\n\f\r]+/;

export const asciiLowerCase = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

export function nextElement(node: Node): Element | null {
  let next = node.nextSibling;
  while (next !== null && next.nodeType !== 1) next = next.nextSibling;
  return next as Element | null;
}

export function previousElement(node: Node): Element | null {
  let previous = node.previousSibling;
  while (previous !== null && previous.nodeType !== 1) previous = previous.previousSibling;
  return previous as Element | null;
}

/** The elements below a node, in document order. What a `template` holds lies outside of the document. */
export function* elementsBelow(root: Node): Generator<Element> {
  let node: Node | null = root.firstChild;
  while (node !== null) {
    if (node.nodeType === 1) yield node as Element;
    node = nodeAfter(node, root);
  }
}

function nodeAfter(node: Node, root: Node): Node | null {
  if (node.firstChild !== null) return node.firstChild;
  let current: Node | null = node;
  while (current !== null && current !== root) {
    if (current.nextSibling !== null) return current.nextSibling;
    current = current.parentNode;
  }
  return null;
}
