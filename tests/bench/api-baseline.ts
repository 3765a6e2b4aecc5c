import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';

// What the machine and Hono can do at best: a constant body of as many bytes as the first argument says.

const body = JSON.stringify({ content: 'x'.repeat(Math.max(0, Number(process.argv[2]) - 14)) });
const app = new Hono();
app.get('/', (c) => c.body(body, 200, { 'content-type': 'application/json; charset=utf-8' }));
const server = createServer(getRequestListener(app.fetch));
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
