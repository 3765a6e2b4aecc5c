import { styleText } from 'node:util';
import { type RedlineBlock, redline } from '../archive/changes/redline.ts';

/** Longest stretch of unchanged words shown between two changes inside a block. */
const CONTEXT = 80;

/**
 * The changed blocks of a redline for a terminal: deletions as `[-…-]` in red, insertions as `{+…+}` in blue, so that
 * colour is never the only sign; unchanged blocks are counted.
 */
export function redlineAsText(before: string, after: string, stream: NodeJS.WriteStream): string {
  const deleted = (text: string): string => styleText(['red', 'strikethrough'], `[-${text}-]`, { stream });
  const inserted = (text: string): string => styleText(['blue', 'underline'], `{+${text}+}`, { stream });
  const lines: string[] = [];
  let unchanged = 0;
  const blockAsText = (block: RedlineBlock): string => {
    if (block.kind !== 'changed') {
      return block.kind === 'deleted'
        ? deleted(block.text)
        : block.kind === 'inserted'
          ? inserted(block.text)
          : block.text;
    }
    return block.spans
      .map(({ kind, text }) =>
        kind === 'deleted' ? deleted(text) : kind === 'inserted' ? inserted(text) : shorten(text),
      )
      .join('');
  };
  const countUnchanged = (): void => {
    if (unchanged > 0) lines.push(styleText('dim', `  … ${unchanged} unchanged`, { stream }));
    unchanged = 0;
  };
  for (const block of redline(before, after)) {
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
