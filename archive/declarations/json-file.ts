import type { Report } from './fault.ts';
import { scanJson } from './json-scan.ts';

/**
 * The value of a JSON text. A byte order mark is left out; a key given twice in one object is reported, since JSON
 * itself silently keeps the last.
 *
 * @returns undefined, with a fault that names line and column, where the text is not JSON.
 */
export function readJson(text: string, report: Report): unknown {
  const source = text.replace(/^\uFEFF/, '');
  const { duplicates, fault } = scanJson(source);
  if (fault) {
    const before = source.slice(0, fault.index).split('\n');
    const found = fault.index < source.length ? JSON.stringify(source.slice(fault.index, fault.index + 10)) : 'the end';
    report(
      '',
      `not JSON, at line ${before.length}, column ${(before.at(-1) ?? '').length + 1}: ${fault.expected}, found ${found}`,
      'Correct the syntax there or just before.',
    );
    return undefined;
  }
  for (const path of duplicates) {
    report(path, 'is given twice in the same object; the last one counts', 'Keep one of the two.');
  }
  return JSON.parse(source);
}
