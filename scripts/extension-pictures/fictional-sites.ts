import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One server for every fictional host; whoever starts it closes it. */
export interface FictionalSites {
  readonly port: number;
  close(): Promise<void>;
}

export async function startFictionalSites(): Promise<FictionalSites> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(request.url === '/join' ? SIGN_UP : PLAIN);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const PLAIN = '<!doctype html><html lang="en"><title>Site</title><h1>A site</h1>';

const SIGN_UP = `<!doctype html>
<html lang="en">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Larkmail</title>
<style>
  body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#f2f5f4, #101413); color: light-dark(#17211e, #e4ebe8) }
  header { padding: 16px 24px; font-weight: 700; color: light-dark(#0d6b50, #7fd6b8) }
  form { max-width: 400px; margin: 8px 24px 32px; padding: 24px; background: light-dark(#fff, #19201e); border-radius: 8px }
  h1 { margin: 0 0 16px; font-size: 22px }
  label { display: block; margin: 0 0 12px }
  input { display: block; box-sizing: border-box; width: 100%; padding: 8px; font: inherit; border: 1px solid #8a9a94; border-radius: 4px; background: none; color: inherit }
  p { margin: 0 0 16px; font-size: 14px }
  a { color: light-dark(#0d6b50, #7fd6b8) }
  button { width: 100%; padding: 10px; font: inherit; color: light-dark(#fff, #10231c); background: light-dark(#0d6b50, #7fd6b8); border: 0; border-radius: 4px }
</style>
<header>Larkmail</header>
<form action="/joined">
  <h1>Open your mailbox</h1>
  <label>Your new address <input type="email" autocomplete="username"></label>
  <label>Password <input type="password" autocomplete="new-password"></label>
  <p>By creating an account you agree to our <a href="/terms">Terms of Service</a> and <a href="/privacy">Privacy Policy</a>.</p>
  <button>Create account</button>
</form>
`;
