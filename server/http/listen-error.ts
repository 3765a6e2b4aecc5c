/** The server could not be opened; the message says what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError';

  constructor(host: string, port: number, cause: NodeJS.ErrnoException) {
    const place = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    super(explain(place, cause), { cause });
  }
}

function explain(place: string, { code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Cannot serve at ${place}: another program listens there. End it, or name another port with --port.`;
    case 'EACCES':
      return `Cannot serve at ${place}: this user may not listen on that port. Take one above 1023 and put a proxy in front.`;
    case 'EADDRNOTAVAIL':
      return `Cannot serve at ${place}: this machine has no such address. Name one of its own with --host; 0.0.0.0 is all of them.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `Cannot serve at ${place}: the name cannot be resolved. Name an address with --host.`;
    default:
      return `Cannot serve at ${place}: ${message}.`;
  }
}
