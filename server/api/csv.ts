/** A cell that a spreadsheet would take for a formula, also behind white space. */
const FORMULA = /^[\s\u00a0]*[=+\-@]|^[\t\r]/;

/** One line of CSV (RFC 4180). What a spreadsheet would run as a formula gets an apostrophe in front of it. */
export const toCsvLine = (cells: readonly (string | number | boolean | null)[]): string =>
  `${cells.map(toCell).join(',')}\r\n`;

function toCell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
