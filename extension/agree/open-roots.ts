/** A site of more elements than that is looked at so far: a look must stay cheap. */
const MOST_ELEMENTS = 20_000;
const MOST_ROOTS = 100;

/** What browsers give to scripts of extensions: https://developer.chrome.com/docs/extensions/reference/api/dom, and Firefox's own. */
interface ClosedRoots {
  readonly chrome?: { readonly dom?: { readonly openOrClosedShadowRoot?: (element: Element) => ShadowRoot | null } };
}
type InFirefox = Element & { readonly openOrClosedShadowRoot?: ShadowRoot | null };

/** Sites close roots of elements of their own, whose names have a hyphen; of others it is not asked, which would take longer. */
function rootOf(element: Element): ShadowRoot | null | undefined {
  if (element.shadowRoot || !element.localName.includes('-')) return element.shadowRoot;
  const inFirefox = (element as InFirefox).openOrClosedShadowRoot;
  return inFirefox ?? (globalThis as ClosedRoots).chrome?.dom?.openOrClosedShadowRoot?.(element);
}

/** A document and the shadow roots in it, also those within each other, and closed ones as far as the browser shows them. */
export function openRoots(document: Document): readonly (Document | ShadowRoot)[] {
  const roots: (Document | ShadowRoot)[] = [document];
  let left = MOST_ELEMENTS;
  for (let place = 0; place < roots.length; place++) {
    for (const element of roots[place]?.querySelectorAll('*') ?? []) {
      if (left-- <= 0 || roots.length > MOST_ROOTS) return roots;
      const root = rootOf(element);
      if (root) roots.push(root);
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
