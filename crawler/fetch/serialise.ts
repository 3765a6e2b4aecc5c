import type { IsolatedWorld } from './isolated-world.ts';
import { tooLarge } from './read-body.ts';

/**
 * The document as HTML: doctype, comments and root element, as Puppeteer's `page.content()` gives them, which is what Open
 * Terms Archive records; measured in the renderer first, so that a huge one is never copied to us.
 *
 * @throws FetchError `too-large`
 */
export async function serialise(world: IsolatedWorld, location: string, maxBytes: number): Promise<string> {
  const expression = `(() => {
    let html = '';
    for (const node of document.childNodes) {
      html += node === document.documentElement ? node.outerHTML : new XMLSerializer().serializeToString(node);
      if (html.length > ${maxBytes}) return undefined;
    }
    return html;
  })()`;
  // Once more where a script replaced the document just now.
  const html = await world.evaluate(expression).catch(() => world.evaluate(expression));
  if (typeof html !== 'string' || Buffer.byteLength(html) > maxBytes) throw tooLarge(location, maxBytes);
  return html;
}
