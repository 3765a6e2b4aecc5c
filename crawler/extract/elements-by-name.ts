/**
 * The elements of a document with the given local names, in document order. One walk for all of them: the light DOM's
 * `getElementsByTagName` walks the whole document at every call.
 */
export function elementsByName<Name extends string>(
  document: Document,
  names: readonly Name[],
): Readonly<Record<Name, readonly Element[]>> {
  const found = Object.fromEntries(names.map((name) => [name, [] as Element[]])) as Record<Name, Element[]>;
  let node: Node | null = document;
  while (node !== null) {
    if (node.nodeType === 1 && Object.hasOwn(found, (node as Element).localName)) {
      found[(node as Element).localName as Name].push(node as Element);
    }
    let next: Node | null = node.firstChild;
    for (let up: Node | null = node; next === null && up !== null; up = up.parentNode) next = up.nextSibling;
    node = next;
  }
  return found;
}
