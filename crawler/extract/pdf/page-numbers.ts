import type { PdfLine } from './line.ts';

/** "7", "- 7 -", "7 / 12", "Page 7 of 12" in some languages. */
const pageNumber =
  /^(?:[-–—]\s*)?(?:(?:page|seite|p[áa]gina|pagina|strona|sida|side|pg\.?|p\.?|s\.?|стр\.?|страница)\s*)?(\d{1,4})(?:\s*(?:\/|of|de|von|sur|di|z|av|van|из)\s*\d{1,4})?(?:\s*[-–—])?$/iu;

/**
 * Drops the lines that are plainly page numbers: alone on the highest or lowest line of their page, and counting along with
 * the pages on most of them. All else stays, also headers and footers that repeat: they may be part of the terms.
 */
export function withoutPageNumbers(pages: readonly (readonly PdfLine[])[]): readonly (readonly PdfLine[])[] {
  const candidates = pages.map((lines, index) =>
    candidatesOf(lines).map((found) => ({ ...found, lead: found.number - index })),
  );
  const leads = new Map<number, number>();
  for (const found of candidates) {
    for (const lead of new Set(found.map((candidate) => candidate.lead))) leads.set(lead, (leads.get(lead) ?? 0) + 1);
  }
  const [usual, times] = [...leads].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0]);
  if (times < 2 || times * 2 <= pages.length) return pages;
  return pages.map((lines, index) => {
    const dropped = candidates[index]?.find((candidate) => candidate.lead === usual)?.line;
    return lines.filter((line) => line !== dropped);
  });
}

function candidatesOf(lines: readonly PdfLine[]): { readonly line: PdfLine; readonly number: number }[] {
  const atHeight = new Map<number, PdfLine[]>();
  for (const line of lines) {
    const others = atHeight.get(line.y);
    if (others === undefined) atHeight.set(line.y, [line]);
    else others.push(line);
  }
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const y of atHeight.keys()) {
    lowest = Math.min(lowest, y);
    highest = Math.max(highest, y);
  }
  return [...new Set([lowest, highest])].flatMap((y) => {
    const [line, ...others] = atHeight.get(y) ?? [];
    const number = Number(pageNumber.exec(line?.text ?? '')?.[1] ?? Number.NaN);
    return line === undefined || others.length > 0 || Number.isNaN(number) ? [] : [{ line, number }];
  });
}
