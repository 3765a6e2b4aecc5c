import { once } from 'node:events';
import { createServer } from 'node:net';
import { onTestFinished } from 'vitest';

/** A remote that takes connections and never sends anything, until the test ends. */
export interface SilentRemote {
  /** Address of a repository there. */
  readonly url: string;
  /** Connections that were open at the same time, at most. */
  mostAtOnce(): number;
}

export async function startSilentRemote(): Promise<SilentRemote> {
  let open = 0;
  let most = 0;
  const server = createServer((socket) => {
    open++;
    most = Math.max(most, open);
    socket.resume();
    socket.on('error', () => {});
    socket.on('close', () => {
      open--;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `https://127.0.0.1:${port}/silent.git`, mostAtOnce: () => most };
}
