import { type Attributes, type Child, element } from './element.ts';

/**
 * A link out of the extension, in a tab of its own, that does not say where it was followed.
 *
 * @param address of a server; where it is none of http(s), its words stand there without a link
 */
export function outsideLink(address: string, children: readonly Child[], attributes: Attributes = {}): HTMLElement {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    return element('span', attributes, children);
  }
  return element('a', { ...attributes, href: address, target: '_blank', rel: 'noopener noreferrer' }, children);
}
