/** Target and title of a link or picture, from the closing bracket on. Each ends at the next bracket or quote. */
const TARGET = /\]\((?:<[^<>]*>|(?:[^()\s\\]|\\.|\((?:[^()\\]|\\.)*\))*)(?:\s+"(?:[^"\\]|\\.)*")?\)/y;
const MARKS = /[[\]\\]/g;

/**
 * Markdown with the texts of links in their places and without pictures, from the inside out: a link may hold a picture, a
 * picture's text a link. Brackets that are no link's stay. One pass: with a regular expression for the whole of a link,
 * brackets that nothing closes took quadratic time.
 */
export function withoutLinks(markdown: string): string {
  const pieces: string[] = [];
  /** Places among the pieces of the brackets that are open. */
  const open: number[] = [];
  let taken = 0;
  MARKS.lastIndex = 0;
  for (let mark = MARKS.exec(markdown); mark; mark = MARKS.exec(markdown)) {
    const at = mark.index;
    if (mark[0] === '\\') {
      MARKS.lastIndex = at + 2;
      continue;
    }
    if (mark[0] === '[') {
      const isPicture = markdown[at - 1] === '!' && at > taken && markdown[at - 2] !== '\\';
      const start = isPicture ? at - 1 : at;
      pieces.push(markdown.slice(taken, start), markdown.slice(start, at + 1));
      open.push(pieces.length - 1);
      taken = at + 1;
      continue;
    }
    const opening = open.pop();
    if (opening === undefined || markdown[at + 1] !== '(') continue;
    TARGET.lastIndex = at;
    const target = TARGET.exec(markdown);
    if (!target) continue;
    if (pieces[opening] === '[') {
      pieces[opening] = '';
      pieces.push(markdown.slice(taken, at));
    } else {
      pieces.length = opening;
      pieces.push(' ');
    }
    taken = at + target[0].length;
    MARKS.lastIndex = taken;
  }
  pieces.push(markdown.slice(taken));
  return pieces.join('');
}
