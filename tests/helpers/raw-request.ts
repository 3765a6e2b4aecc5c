import { connect } from 'node:net';

/** What came back over a socket to which bytes were written as they are. */
export interface RawAnswer {
  /** Of the first answer; undefined: the connection was closed without one. */
  readonly status: number | undefined;
  readonly text: string;
}

/**
 * Writes bytes to a port and reads until the other side closes, or until an answer is there and nothing follows for a
 * moment. What a client library would refuse to send can be sent like this.
 *
 * @param pieces written one after the other with a pause, for slow clients.
 */
export function rawRequest(
  port: number,
  pieces: string | Uint8Array | readonly string[],
  { host = '127.0.0.1', quiet = 150, timeout = 15_000, pause = 5 } = {},
): Promise<RawAnswer> {
  const parts: (string | Uint8Array)[] =
    typeof pieces === 'string' || pieces instanceof Uint8Array ? [pieces] : [...pieces];
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, host);
    const finish = (): void => {
      clearTimeout(patience);
      clearTimeout(silence);
      socket.destroy();
      const text = Buffer.concat(chunks).toString('latin1');
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
      resolve({ status: status === undefined ? undefined : Number(status), text });
    };
    const patience = setTimeout(() => {
      socket.destroy();
      reject(new Error(`No answer within ${timeout} ms to ${JSON.stringify(String(pieces)).slice(0, 100)}`));
    }, timeout);
    let silence: NodeJS.Timeout | undefined;
    const send = (): void => {
      const part = parts.shift();
      if (part === undefined || socket.destroyed) return;
      socket.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part);
      setTimeout(send, pause);
    };
    socket.on('connect', send);
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      clearTimeout(silence);
      silence = setTimeout(finish, quiet);
    });
    socket.on('close', finish);
    // A reset is a closed connection as well.
    socket.on('error', () => {});
  });
}
