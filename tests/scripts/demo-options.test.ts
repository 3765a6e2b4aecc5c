import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectDirectory, startProgram } from '../helpers/program.ts';

const demo = [process.execPath, join(projectDirectory, 'scripts', 'demo', 'demo.ts')];

test.each([[['--onc']], [['--port', 'http']], [['--pause', 'long']]])(
  'the demo refuses %j with its usage, and starts nothing',
  async (args) => {
    const { code, stdout, stderr } = await startProgram(args, { command: demo }).ended;
    expect({ code, stdout }, stderr).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^demo: .*--/);
    expect(stderr).toContain('Usage: npm run demo');
  },
);
