import { onTestFinished } from 'vitest';
import { type FileServer, startFileServer } from './start-file-server.ts';

export type { Fault, FileServer } from './start-file-server.ts';

/** Closed after the test. */
export async function openFileServer(): Promise<FileServer> {
  const server = await startFileServer();
  onTestFinished(() => server.close());
  return server;
}
