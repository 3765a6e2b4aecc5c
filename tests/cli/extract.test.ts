import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'clausewatch-extract-'));
  mkdirSync(join(directory, 'declarations'));
  const write = (name: string, content: unknown): void =>
    writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
  const declaration = {
    name: 'Lampion',
    terms: {
      'Terms of Service': { fetch: 'https://lampion.example/terms', select: 'main', filter: ['withoutDates'] },
      'Privacy Policy': {
        combine: [
          { fetch: 'https://lampion.example/privacy' },
          { fetch: 'https://lampion.example/cookies', select: 'p' },
        ],
        select: 'main',
        remove: 'h2',
      },
    },
  };
  write('declarations/Lampion.json', declaration);
  write('declarations/Lampion.history.json', {
    'Terms of Service': [{ fetch: 'https://lampion.example/old', select: 'h1', validUntil: '2023-05-01T00:00:00Z' }],
  });
  write(
    'declarations/Lampion.filters.js',
    "export const withoutDates = (document) => document.querySelectorAll('time').forEach((time) => time.remove());",
  );
  write('draft.json', {
    name: 'Draft',
    terms: { 'Terms of Service': { fetch: 'https://draft.example/a/', select: 'main' } },
  });
  write('page.html', '<main><h1>Title</h1><h2>Two</h2><p>Text <a href="b">link</a> <time>today</time></p></main>\n');
  write('fake.html', '%PDF-1.7 broken');
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(process.cwd(), 'cli/main.mjs'), 'extract', ...args],
    {
      cwd: directory,
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    },
  );
  return { status, stdout, stderr };
}

describe('prints the version and nothing else', () => {
  test.each([
    [
      "by a collection's declaration, its own filters included",
      ['--service', 'Lampion', '--type', 'Terms of Service', 'page.html'],
      'Title\n=====\n\nTwo\n---\n\nText [link](https://lampion.example/b)',
    ],
    [
      'by the declaration in force at a date',
      ['--service', 'Lampion', '--type', 'Terms of Service', '--at', '2023-01-31', 'page.html'],
      'Title\n=====',
    ],
    [
      'after the last moment of the former one',
      ['--service', 'Lampion', '--type', 'Terms of Service', '--at', '2023-05-01T00:00:01Z', 'page.html'],
      'Title\n=====\n\nTwo\n---\n\nText [link](https://lampion.example/b)',
    ],
    [
      'of combined terms',
      ['--service', 'Lampion', '--type', 'Privacy Policy', 'page.html', 'page.html'],
      'Title\n=====\n\nText [link](https://lampion.example/b) today\n\n- - -\n\nText [link](https://lampion.example/b) today',
    ],
    [
      'by a declaration outside of a collection',
      ['--declaration', 'draft.json', '--type', 'Terms of Service', 'page.html'],
      'Title\n=====\n\nTwo\n---\n\nText [link](https://draft.example/a/b) today',
    ],
  ])('%s', (_, args, stdout) => {
    expect(run(...args)).toEqual({ status: 0, stdout, stderr: '' });
  });
});

describe('says what is wrong on stderr, with exit code 1', () => {
  test.each([
    [['--service', 'Lampio', '--type', 'Terms of Service', 'page.html'], 'Did you mean “Lampion”?'],
    [['--service', 'Lampion', '--type', 'Imprint', 'page.html'], '“Lampion” declares no “Imprint”'],
    [['--service', 'Lampion', '--type', 'Privacy Policy', 'page.html'], 'https://lampion.example/cookies'],
    [['--service', 'Lampion', '--type', 'Terms of Service', 'none.html'], 'none.html cannot be read'],
    [['--declaration', 'none.json', '--type', 'Terms of Service', 'page.html'], 'none.json cannot be read'],
    [['--type', 'Terms of Service', 'page.html'], '--service'],
    [['--declaration', 'draft.json', '--type', 'Terms of Service', 'fake.html'], 'The PDF https://draft.example/a/'],
    [['--declaration', 'draft.json', '--type', 'Terms of Service', 'draft.json'], 'select "main" matches nothing'],
  ])('%j', (args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });

  test('a date that is none is a fault of the command line', () => {
    const { status, stderr } = run('--declaration', 'draft.json', '--type', 'x', '--at', 'yesterday', 'page.html');
    expect(stderr).toContain('Expected a date such as 2024-03-01');
    expect(status).toBe(2);
  });
});
