import { rootCertificates } from 'node:tls';
import { Agent, buildConnector } from 'undici';
import type { Guard } from './guard.ts';

/**
 * An undici agent whose every connection is dialled by the guard; TLS is spoken over the guarded connection with the host's
 * own name, so certificates are checked as usual.
 *
 * @param certificateAuthority PEM, trusted besides the usual ones
 * @param idleTimeout milliseconds without a byte
 */
export function createGuardedAgent(
  guard: Guard,
  { idleTimeout, certificateAuthority }: { idleTimeout: number; certificateAuthority?: string | undefined },
): Agent {
  const startTls = buildConnector({
    allowH2: false,
    ...(certificateAuthority === undefined ? {} : { ca: [...rootCertificates, certificateAuthority] }),
  });
  return new Agent({
    connections: 1,
    pipelining: 1,
    allowH2: false,
    headersTimeout: idleTimeout,
    bodyTimeout: idleTimeout,
    keepAliveTimeout: 4_000,
    connect: (options, callback) => {
      const { hostname, protocol } = options;
      const isSecure = protocol === 'https:';
      guard.dial(hostname, Number(options.port) || (isSecure ? 443 : 80)).then(
        (socket) => {
          if (isSecure) startTls({ ...options, httpSocket: socket }, callback);
          else callback(null, socket.setNoDelay(true));
        },
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
      );
    },
  });
}
