import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export const MAIN = new URL('../../cli/main.mjs', import.meta.url).pathname;

const processes: ChildProcess[] = [];

/** Ends what was started, and waits until it writes no more. */
export async function endProcesses(): Promise<void> {
  await Promise.all(
    processes.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    }),
  );
}

export interface Started {
  readonly origin: string;
  readonly pid: number;
}

/** The real server, without limits for its one client. */
export async function startServer(collection: string, data: string): Promise<Started> {
  // With the option of package.json and of the image.
  const args = ['--max-semi-space-size=8', MAIN, 'serve', '--collection', collection, '--data', data, '--port', '0'];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, CLAUSEWATCH_RATE_LIMIT: '0', CLAUSEWATCH_ACCESS_LOG: 'off' },
  });
  processes.push(child);
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    const port = /"port":(\d+)/.exec(line)?.[1];
    if (!port) continue;
    child.stderr.resume();
    return { origin: `http://127.0.0.1:${port}`, pid: child.pid ?? 0 };
  }
  throw new Error(`The server did not start: ${said.join('\n')}`);
}

/** A bare Hono that answers so many bytes. */
export async function startBaseline(bytes: number): Promise<Started> {
  const file = new URL('api-baseline.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [file, String(Math.round(bytes))], { stdio: ['ignore', 'pipe', 'inherit'] });
  processes.push(child);
  const [port] = await once(child.stdout, 'data');
  return { origin: `http://127.0.0.1:${String(port).trim()}`, pid: child.pid ?? 0 };
}
