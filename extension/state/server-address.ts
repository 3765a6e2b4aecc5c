/**
 * A server's address as it is kept: scheme, host, port and base path without a slash at the end.
 *
 * @param typed as somebody may have typed it, with or without `https://`
 * @returns undefined for what is no address of a server that a browser may ask
 */
export function readServer(typed: unknown): string | undefined {
  if (typeof typed !== 'string') return undefined;
  const text = typed.trim();
  if (text === '') return undefined;
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname, username, password, origin, pathname } = new URL(address);
  if (!isSafe(protocol, hostname) || username !== '' || password !== '') return undefined;
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}

/** Without encryption only on one's own machine: what is read decides what a person is told. */
const isSafe = (protocol: string, hostname: string): boolean =>
  protocol === 'https:' || (protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\]|.+\.localhost)$/.test(hostname));

/** What to ask the browser's permission for: `https://watch.example/*` (match patterns have no port). */
export const originPattern = (server: string): string => {
  const { protocol, hostname } = new URL(server);
  return `${protocol}//${hostname}/*`;
};
