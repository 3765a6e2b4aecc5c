/** What stands in an element. Texts become text nodes: nothing that a server gave is ever read as markup. */
export type Child = Node | string | undefined;

/** `undefined`: the attribute is left out; `true`: it has no value. */
export type Attributes = Readonly<Record<string, string | number | true | undefined>>;

/** An element with its attributes and what stands in it. Addresses belong to {@link outsideLink}, not here. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  children: readonly Child[] = [],
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) if (child !== undefined) made.append(child);
  return made;
}

/** A button that does something here. */
export function button(words: string, pressed: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, [words]);
  made.addEventListener('click', pressed);
  return made;
}
