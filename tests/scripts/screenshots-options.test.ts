import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectDirectory, startProgram } from '../helpers/program.ts';

const screenshots = [process.execPath, join(projectDirectory, 'scripts', 'screenshots.ts')];

test.each([
  [['--wide']],
  [['one', 'two']],
  [['--longest', 'short']],
  [['--server', 'localhost']],
  [['--readme', '--page', 'start']],
])('pictures: refuses %j with its usage, and starts nothing', async (args) => {
  const { code, stdout, stderr } = await startProgram(args, { command: screenshots }).ended;
  expect({ code, stdout }, stderr).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^screenshots: /);
  expect(stderr).toContain('Usage: npm run screenshots');
});

test('pictures: says what to do where no server answers', async () => {
  const { code, stderr } = await startProgram(['--server', 'http://127.0.0.1:1/'], { command: screenshots }).ended;
  expect(code).toBe(1);
  expect(stderr).toContain('http://127.0.0.1:1/ cannot be reached. Start a server there');
});
