import { gfm } from 'joplin-turndown-plugin-gfm';
import TurndownService from 'turndown';

const turndown = new TurndownService();
turndown.use(gfm);

// OTA's one difference from Turndown: the white space around a link's text, which appears where the link holds blocks,
// is cut.
const inlineLink = (turndown.options as { rules?: Record<string, TurndownService.Rule> }).rules?.inlineLink;
if (inlineLink?.replacement === undefined) throw new Error('This version of Turndown has no rule "inlineLink"');
const { filter, replacement } = inlineLink;
turndown.addRule('inlineLink', {
  filter,
  replacement: (content, node, options) => replacement(content.trim(), node, options),
});

/**
 * Markdown of a fragment, by the rules that OTA uses: Turndown's defaults and GitHub's tables, task lists and strikethrough.
 * Uses the fragment up.
 */
export function markdownOf(fragment: DocumentFragment): string {
  // The plugin asks for a table's rows at every cell; the light DOM searches the table each time.
  for (const table of Array.from(fragment.querySelectorAll('table'))) {
    Object.defineProperty(table, 'rows', { value: Array.from(table.getElementsByTagName('tr')) });
  }
  // Turndown copies what it is given before it changes it. This fragment is nobody else's.
  Object.defineProperty(fragment, 'cloneNode', { value: () => fragment });
  return turndown.turndown(fragment);
}
