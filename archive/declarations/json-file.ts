import { memberPath, type Report } from './fault.ts';

/**
 * The value of a JSON text. A byte order mark is left out; a key given twice in one object is reported, since JSON
 * itself silently keeps the last.
 *
 * @returns undefined, with a fault that names line and column, where the text is not JSON.
 */
export function readJson(text: string, report: Report): unknown {
  const source = text.replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    const { line, column } = positionOf(error, source);
    const reason = error instanceof Error ? error.message.replace(/ in JSON at position.*$/s, '') : String(error);
    report('', `not JSON, at line ${line}, column ${column}: ${reason}`, 'Correct the syntax there or just before.');
    return undefined;
  }
  for (const path of duplicateKeys(source)) {
    report(path, 'is given twice in the same object; the last one counts', 'Keep one of the two.');
  }
  return value;
}

function positionOf(error: unknown, source: string): { line: number; column: number } {
  const found = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
  const before = source.slice(0, found === undefined ? source.length : Number(found)).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

interface Container {
  readonly path: string;
  /** Keys seen so far; undefined in an array. */
  readonly keys: Set<string> | undefined;
  index: number;
  key: string | undefined;
}

/** Paths of keys that occur twice. Expects valid JSON. */
function duplicateKeys(source: string): string[] {
  const found: string[] = [];
  const open: Container[] = [];
  const here = (): string => {
    const container = open.at(-1);
    if (!container) return '';
    return memberPath(container.path, container.keys ? (container.key ?? '') : container.index);
  };
  for (const [token] of source.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g)) {
    const container = open.at(-1);
    if (token === '{' || token === '[') {
      open.push({ path: here(), keys: token === '{' ? new Set() : undefined, index: 0, key: undefined });
    } else if (token === '}' || token === ']') {
      open.pop();
    } else if (token === ',') {
      if (container) [container.key, container.index] = [undefined, container.index + 1];
    } else if (token !== ':' && container?.keys && container.key === undefined) {
      container.key = String(JSON.parse(token));
      if (container.keys.has(container.key)) found.push(here());
      container.keys.add(container.key);
    }
  }
  return found;
}
