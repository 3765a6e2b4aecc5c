/** A site of more elements than that is looked at so far: a look must stay cheap. */
const MOST_ELEMENTS = 20_000;
const MOST_ROOTS = 100;

/** A document and the open shadow roots in it, also those within each other. */
export function openRoots(document: Document): readonly (Document | ShadowRoot)[] {
  const roots: (Document | ShadowRoot)[] = [document];
  let left = MOST_ELEMENTS;
  for (let place = 0; place < roots.length; place++) {
    for (const element of roots[place]?.querySelectorAll('*') ?? []) {
      if (left-- <= 0 || roots.length > MOST_ROOTS) return roots;
      if (element.shadowRoot) roots.push(element.shadowRoot);
    }
  }
  return roots;
}

/** Of the element around one, also out of a shadow root. */
export function parentOf(element: Element): Element | undefined {
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : undefined;
}
