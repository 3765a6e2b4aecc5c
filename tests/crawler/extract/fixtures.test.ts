import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Case, extractAllWays } from './compare.ts';

const directory = join(import.meta.dirname, '../../fixtures/extract');

/**
 * Each folder is a case: `case.html` and `case.json` (what a source document declares, with `location`) give `case.md`, or
 * the `error` that `case.json` names. Every way of extracting has to agree, and the reference with them.
 */
describe.each(readdirSync(directory))('%s', (name) => {
  const read = (file: string): string => readFileSync(join(directory, name, file), 'utf8');
  const { error, ...given } = JSON.parse(read('case.json')) as Case & { error?: string };

  test('gives its Markdown, in each way of extracting', async () => {
    expect(existsSync(join(directory, name, 'case.md')), 'a case has either case.md or an error').toBe(!error);
    const expected = error ? `error: ${error}` : read('case.md');
    const { light = expected, ...outcomes } = await extractAllWays(read('case.html'), given);
    expect({ light, ...outcomes }).toEqual({
      reference: expected,
      ours: expected,
      light: expected,
      jsdom: expected,
    });
  });
});
