import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { kindOf, memberPath, type Report } from './fault.ts';
import { nearest } from './nearest.ts';

/** @returns undefined, with a fault that names line and column, where the text is not YAML. */
function readYamlDocument(source: string, report: Report): Document.Parsed | undefined {
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { schema: 'core', lineCounter, prettyErrors: false });
  for (const { message, pos } of document.errors) {
    const { line, col } = lineCounter.linePos(pos[0]);
    report('', `not YAML, at line ${line}, column ${col}: ${message}`, 'Correct the syntax there or just before.');
  }
  return document.errors.length > 0 ? undefined : document;
}

/** @returns undefined, with a fault, where the text is not YAML or refers to its own parts too often. */
export function readYaml(source: string, report: Report): { readonly value: unknown } | undefined {
  const document = readYamlDocument(source, report);
  if (!document) return undefined;
  try {
    return { value: document.toJS() as unknown };
  } catch (error) {
    report('', `cannot be read: ${(error as Error).message}`, 'Write the values out instead of referring to others.');
    return undefined;
  }
}

/**
 * Reports what a schema found: where, what stands there, what was expected, and for an unknown key the nearest one.
 *
 * @param keysAt known keys of the object at a path.
 */
export function reportIssues(
  error: z.ZodError | undefined,
  report: Report,
  { keysAt, hint }: { readonly keysAt: (path: readonly PropertyKey[]) => readonly string[]; readonly hint: string },
): void {
  for (const issue of error?.issues ?? []) {
    const path = issue.path.reduce<string>((parent, key) => memberPath(parent, key as string | number), '');
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        const suggestion = nearest(key, keysAt(issue.path));
        report(
          memberPath(path, key),
          'is not a known key',
          suggestion ? `Did you mean “${suggestion}”?` : 'Take it out.',
        );
      }
    } else {
      // A key of a record that is none: its own issue says what was expected.
      const expected = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
      const given = issue.input === undefined ? 'is missing' : `is ${kindOf(issue.input)}`;
      report(path, `${given}; ${expected}`, hint);
    }
  }
}
