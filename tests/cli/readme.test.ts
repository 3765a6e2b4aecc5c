import { readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../cli/exit-codes.ts';
import { createProgram } from '../../cli/program.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const reference = readFileSync(new URL('../../docs/command-line.md', import.meta.url), 'utf8');
const program = await createProgram();

/** The README's row about a command: `| `name` | what it does | options |`. */
const rowOf = (name: string): string => readme.split('\n').find((line) => line.startsWith(`| \`${name}`)) ?? '';

describe.each(program.commands.map((command) => [command.name(), command] as const))(
  'clausewatch %s',
  (name, command) => {
    test('has a row in the README that names every option', () => {
      const row = rowOf(name);
      expect(row).not.toBe('');
      const missing = command.options
        .map(({ long }) => long)
        .filter((long) => !row.includes(`${long}\``) && !row.includes(`${long} `));
      expect(missing).toEqual([]);
    });

    test('has no option in the README that does not exist', () => {
      const options = command.options.map(({ long }) => long);
      const named = [...rowOf(name).matchAll(/--[a-z-]+/g)].map(([option]) => option);
      expect(named.filter((option) => !options.includes(option))).toEqual([]);
    });

    test('has help with an example', () => {
      let help = '';
      command.configureOutput({
        writeOut: (text) => {
          help += text;
        },
      });
      command.outputHelp();
      expect(help).toContain(`clausewatch ${name}`);
      expect(command.description()).not.toBe('');
    });
  },
);

test('the README names no command that does not exist', () => {
  const named = [...readme.matchAll(/clausewatch -- ([a-z]+)/g)].map(([, name]) => name ?? '');
  expect(named.length).toBeGreaterThan(0);
  const commands = program.commands.map((command) => command.name());
  expect(named.filter((name) => !commands.includes(name) && name !== 'help')).toEqual([]);
});

test('pictures in the README are there, said in words, and light', () => {
  // A picture of twice the points is said in HTML, which alone can give its width.
  const pictures = [
    ...readme.matchAll(/!\[(?<words>[^\]]*)\]\((?<path>[^)]+)\)|<img src="(?<path>[^"]+)"[^>]* alt="(?<words>[^"]+)"/g),
  ].map(({ groups: { words = '', path = '' } = {} }) => ({ words, path }));
  expect(pictures).toHaveLength(5);
  for (const { words, path } of pictures) {
    expect(words, path).not.toBe('');
    expect(statSync(new URL(`../../${path}`, import.meta.url)).size, path).toBeLessThanOrEqual(150_000);
  }
});

test('every exit code is documented', () => {
  const documented = [...reference.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
  expect(documented.sort()).toEqual(Object.values(EXIT).sort());
});
