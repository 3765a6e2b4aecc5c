import { endOfTarget } from '../../../archive/changes/blocks/link-target.ts';

/** No paragraph that people wrote is longer; reading marks may cost the square of this, once for each part. */
const LONGEST_PART = 4_000;
/** A part ends at white space where there is some among its last characters. */
const LOOKED_THROUGH = 400;
/** Longer link targets hold data: pictures written into their address. */
const LONGEST_TARGET = 1_000;

/** Cuts the text of a block into parts that are read each by itself. Short text, nearly all there is, is one. */
export function cutInline(text: string): string[] {
  if (text.length <= LONGEST_PART) return [text];
  const bare = withoutData(text);
  const parts: string[] = [];
  for (let start = 0; start < bare.length; ) {
    const end = endOfPart(bare, start);
    parts.push(bare.slice(start, end));
    start = end;
  }
  return parts;
}

function endOfPart(text: string, start: number): number {
  const last = start + LONGEST_PART;
  if (last >= text.length) return text.length;
  for (let at = last; at > last - LOOKED_THROUGH; at--) {
    const code = text.charCodeAt(at - 1);
    if (code === 32 || code === 10) return at;
  }
  // Not between the halves of a character.
  const code = text.charCodeAt(last - 1);
  return code >= 0xd800 && code < 0xdc00 ? last - 1 : last;
}

/** The text with link targets that are data cut down to nothing: `![alt](data:…)` → `![alt]()`. */
function withoutData(text: string): string {
  let left = '';
  let from = 0;
  for (let at = text.indexOf(']('); at >= 0; at = text.indexOf('](', Math.max(from, at + 1))) {
    const end = endOfTarget(text, at);
    if (end - at <= LONGEST_TARGET) continue;
    left += `${text.slice(from, at)}]()`;
    from = end;
  }
  return left + text.slice(from);
}
