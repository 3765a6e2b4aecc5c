/** How many characters from `start` on are the same as the one there. */
export function runLength(text: string, start: number, end = text.length): number {
  const code = text.charCodeAt(start);
  let at = start + 1;
  while (at < end && text.charCodeAt(at) === code) at++;
  return at - start;
}
