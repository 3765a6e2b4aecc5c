import { Hono } from 'hono';
import type { ServerDeps } from '../../server/deps.ts';
import { type PageContext, pageContext } from '../../server/pages/page-context.ts';

/** What parts of pages get, for those that ask for no collection. */
export async function pageContextOfTest(): Promise<PageContext> {
  const { promise, resolve } = Promise.withResolvers<PageContext>();
  const deps = { publicUrl: () => 'https://watch.example', clock: () => new Date('2026-03-01T12:00:00Z') };
  const app = new Hono().get('*', (c) => {
    resolve(pageContext(c, deps as Partial<ServerDeps> as ServerDeps, 'en'));
    return c.text('');
  });
  await app.request('/en/');
  return promise;
}
