const QUOTATION = /^[ \t]*(?:>[ \t>]*)?/;
const ITEM = /^(?:[*+-]|\d{1,9}[.)])(?:[ \t]+|$)/;
const HEADING = /^#{1,6}(?:[ \t]+|$)/;
const RULE = /^(?:=+|(?:-[ \t]*)+|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const ROW_OF_HYPHENS = /^\|[\s|:-]*$/;

/** A line of a block's Markdown without the marks at its beginning and end that say what kind of block it is. */
export function lineMarks(line: string, isFirst: boolean, isLast: boolean): string {
  let text = line.slice(QUOTATION.exec(line)?.[0].length ?? 0).trimEnd();
  if (ROW_OF_HYPHENS.test(text)) return '';
  // The underline of a heading, or a rule.
  if ((isFirst || isLast) && RULE.test(text)) return '';
  if (isFirst) {
    // Items may begin on the line of their parent, and hold a heading.
    for (let mark = ITEM.exec(text); mark !== null && mark[0] !== ''; mark = ITEM.exec(text)) {
      text = text.slice(mark[0].length);
    }
    const heading = HEADING.exec(text);
    if (heading) text = withoutClosingMarks(text.slice(heading[0].length));
  }
  return text.startsWith('|') ? withoutBars(text) : text;
}

const withoutClosingMarks = (text: string): string => {
  const bare = withoutLast(text, '#');
  return bare === '' || /\s$/.test(bare) ? bare : text;
};

function withoutBars(text: string): string {
  const end = text.endsWith('|') && text.length > 1 && !text.endsWith('\\|') ? -1 : undefined;
  return text.slice(1, end).trim();
}

function withoutLast(text: string, mark: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === mark) end--;
  return text.slice(0, end);
}
