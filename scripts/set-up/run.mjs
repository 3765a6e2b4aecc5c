import { spawn } from 'node:child_process';

/**
 * Runs a program with its output on our stderr and nothing on stdin. Never throws.
 * @returns {Promise<boolean>} whether it ended well within the time (milliseconds)
 */
export function run(command, args, { cwd, env = {}, limit, quiet = false, shell = false }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: quiet ? 'ignore' : ['ignore', process.stderr.fd, process.stderr.fd],
      shell,
    });
    const timer = limit && setTimeout(() => child.kill('SIGKILL'), limit);
    const end = (succeeded) => {
      clearTimeout(timer);
      resolve(succeeded);
    };
    child.once('error', () => end(false));
    child.once('exit', (code) => end(code === 0));
  });
}
