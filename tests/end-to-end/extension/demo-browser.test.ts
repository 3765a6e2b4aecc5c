import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectDirectory, startProgram } from '../../helpers/program.ts';

const command = [process.execPath, join(projectDirectory, 'scripts/demo/demo.ts')];

test('the demo’s browser has the extension, which knows the server and marks the site of the first change', async () => {
  const env = { CLAUSEWATCH_DEMO_HEADLESS: 'true', NO_COLOR: '1' };
  const { code, stdout, stderr } = await startProgram(['--once', '--browser'], { command, env }).ended;
  expect(code, stderr).toBe(0);
  expect(stderr, 'nothing went wrong').not.toContain('goes on without');
  expect(stdout).toMatch(/^ {2}Larkmail +http:\/\/larkmail\.example\/$/m);
  expect(stdout).toContain('The icon says so on http://larkmail.example/ now');
});

test('without a display it says so, builds, and tells how to load the extension by hand', async () => {
  const env = { DISPLAY: '', WAYLAND_DISPLAY: '', NO_COLOR: '1' };
  const { stdout } = await startProgram(['--once', '--browser'], { command, env }).ended;
  expect(stdout).toContain('There is no display here');
  const server = /^ {2}(http:\/\/127\.0\.0\.1:\d+)\/ +the website$/m.exec(stdout)?.[1];
  expect(server).toBeDefined();
  expect(stdout).toContain(`press "Check and use":\n       ${server}\n`);
  for (const step of ['chrome://extensions', 'about:debugging', 'chrome-mv3\n', join('firefox-mv3', 'manifest.json')]) {
    expect(stdout).toContain(step);
  }
  expect(stdout).toMatch(/Open http:\/\/larkmail\.localhost:\d+\//);
});
