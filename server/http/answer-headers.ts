import type { ServerResponse } from 'node:http';
import type { Context } from 'hono';
import { outgoingOf } from './client.ts';

/**
 * Gives an answer header fields that stand in all answers of a kind; what a route itself says wins. Over a socket they go
 * to Node's own answer: asking hono for the headers of one makes objects that cost more than most routes do
 * (measured: 163 µs a request for the latest version, 122 µs without).
 */
export function addAnswerHeaders(c: Context, fields: Readonly<Record<string, string>>): void {
  const outgoing: ServerResponse | undefined = outgoingOf(c);
  for (const name in fields) {
    const value = fields[name] ?? '';
    if (outgoing) outgoing.setHeader(name, value);
    else if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  }
}
