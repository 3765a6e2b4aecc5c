import { styleText } from 'node:util';
import { redline } from '../archive/changes/redline/redline.ts';
import type { RedlineBlock, RedlineSpan } from '../archive/changes/redline/redline-types.ts';

/** Longest stretch of unchanged words shown between two changes inside a block. */
const CONTEXT = 80;

/**
 * The changed blocks of a redline for a terminal: deletions as `[-…-]` in red, insertions as `{+…+}` in blue, blocks that
 * stand elsewhere than before marked `(moved)` in green, so that colour is never the only sign; unchanged blocks are counted.
 */
export function redlineAsText(before: string, after: string, stream: NodeJS.WriteStream): string {
  const marked: Record<RedlineSpan['kind'], (text: string) => string> = {
    deleted: (text) => styleText(['red', 'strikethrough'], `[-${text}-]`, { stream }),
    inserted: (text) => styleText(['blue', 'underline'], `{+${text}+}`, { stream }),
    equal: shorten,
  };
  const blockAsText = ({ kind, spans }: RedlineBlock): string => {
    const text = spans.map((span) => marked[span.kind](span.text)).join('');
    return kind === 'moved' ? `${styleText('green', '(moved)', { stream })} ${text}` : text;
  };
  const lines: string[] = [];
  let unchanged = 0;
  const countUnchanged = (): void => {
    if (unchanged > 0) lines.push(styleText('dim', `  … ${unchanged} unchanged`, { stream }));
    unchanged = 0;
  };
  for (const block of redline(before, after).blocks) {
    if (block.kind === 'equal') {
      unchanged++;
      continue;
    }
    countUnchanged();
    lines.push(`  ${blockAsText(block)}`);
  }
  countUnchanged();
  return lines.join('\n');
}

function shorten(text: string): string {
  return text.length <= CONTEXT ? text : `${text.slice(0, CONTEXT / 2)}…${text.slice(-CONTEXT / 2)}`;
}
