/** Longer ones are cut: whole documents marked as a heading exist, and each block below would carry its text. */
const LONGEST_HEADING = 1000;

/** Nested brackets are not followed: what stays of them stays as text. */
const IMAGE = /!\[[^[\]]*\]\([^)]*\)/g;
const LINK = /\[([^[\]]*)\]\([^)]*\)/g;
const MARKS = /\\(?=[!-/:-@[-`{-~])|[*_`~]+(?=\S)|(?<=\S)[*_`~]+/g;
const FIRST_MARKS = /^(?:[\s>]|[*+-]\s|\d{1,9}[.)]\s)*(?:#{1,6}(?:\s|$))?/;

/** The words of a heading's Markdown: no hash signs or underline, item marks, link targets, images or emphasis. */
export function plainHeading(markdown: string): string {
  return markdown
    .slice(0, LONGEST_HEADING)
    .replace(/\n[\s>]*(?:=+|-+)\s*$/, '')
    .replace(FIRST_MARKS, '')
    .replace(/\s#+$/, '')
    .replace(IMAGE, '')
    .replace(LINK, '$1')
    .replace(MARKS, '')
    .replace(/\s+/g, ' ')
    .trim();
}
