import { request, ServerResponse } from 'node:http';
import { hostname } from 'node:os';
import { Context, Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { createClientOf } from '../../../server/http/client.ts';
import { createPublicUrl } from '../../../server/http/public-url.ts';
import { listenInTest } from './app-of-test.ts';

interface Seen {
  readonly address: string;
  readonly url: string;
  readonly isForwardedUntrusted: boolean;
}

/** Asks a server over a socket how it sees the one that asks. */
async function seen(
  trusted: readonly string[],
  headers: Record<string, string | string[]>,
  configured?: string,
): Promise<Seen> {
  const clientOf = createClientOf(trusted);
  const publicUrl = createPublicUrl({
    configured,
    basePath: '/terms',
    fallbackOrigin: () => 'http://fallback.example:3000',
    clientOf,
  });
  const app = new Hono().get('/', (c) => {
    const { address, isForwardedUntrusted } = clientOf(c);
    return c.json({ address, isForwardedUntrusted, url: publicUrl(c) });
  });
  const { port } = await listenInTest(app);
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve(JSON.parse(text)));
    })
      .on('error', reject)
      .end();
  });
}

describe('who asks', () => {
  test.each<[string, readonly string[], Record<string, string>, string]>([
    ['nobody is trusted', [], { 'X-Forwarded-For': '203.0.113.9' }, '127.0.0.1'],
    ['somebody else is trusted', ['10.0.0.0/8'], { 'X-Forwarded-For': '203.0.113.9' }, '127.0.0.1'],
    ['the proxy is trusted', ['loopback'], { 'X-Forwarded-For': '203.0.113.9' }, '203.0.113.9'],
    ['by its range', ['127.0.0.0/8'], { 'X-Forwarded-For': '2001:db8::7' }, '2001:db8::7'],
    [
      'what the client wrote itself is not believed',
      ['loopback'],
      { 'X-Forwarded-For': '1.1.1.1, 203.0.113.9' },
      '203.0.113.9',
    ],
    [
      'two proxies',
      ['loopback', '192.0.2.0/24'],
      { 'X-Forwarded-For': '1.1.1.1, 203.0.113.9, 192.0.2.4' },
      '203.0.113.9',
    ],
    ['nonsense', ['loopback'], { 'X-Forwarded-For': '<script>' }, '127.0.0.1'],
    ['empty', ['loopback'], { 'X-Forwarded-For': '' }, '127.0.0.1'],
    ['Forwarded is not read', ['loopback'], { Forwarded: 'for=203.0.113.9' }, '127.0.0.1'],
  ])('%s', async (_name, trusted, headers, address) => {
    expect((await seen(trusted, headers)).address).toBe(address);
  });

  test('forwarded headers of nobody trusted are noticed', async () => {
    expect((await seen([], { 'X-Forwarded-For': '203.0.113.9' })).isForwardedUntrusted).toBe(true);
    expect((await seen(['loopback'], { 'X-Forwarded-For': '203.0.113.9' })).isForwardedUntrusted).toBe(false);
    expect((await seen([], {})).isForwardedUntrusted).toBe(false);
  });

  test.each(['somewhere', '10.0.0.0/99', '300.1.1.1'])('“%s” is no address to trust', (address) => {
    expect(() => createClientOf([address])).toThrow(TypeError);
  });
});

describe('how links begin', () => {
  const forwarded = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'watch.example' };
  const fallback = 'http://fallback.example:3000/terms';
  test.each<[string, readonly string[], Record<string, string>, string | undefined, string]>([
    ['localhost as asked for', [], { Host: 'localhost:8080' }, undefined, 'http://localhost:8080/terms'],
    ['a private address as asked for', [], { Host: '192.168.2.7:80' }, undefined, 'http://192.168.2.7:80/terms'],
    ['the address connected to', [], { Host: '127.0.0.1:80' }, undefined, 'http://127.0.0.1:80/terms'],
    ['an IPv6 address', [], { Host: '[::1]:8080' }, undefined, 'http://[::1]:8080/terms'],
    ['a private IPv6 address', [], { Host: '[fd00::7]' }, undefined, 'http://[fd00::7]/terms'],
    ['an address of somebody else is not believed', [], { Host: '192.0.2.7:80' }, undefined, fallback],
    ['nor an IPv6 one', [], { Host: '[2001:db8::7]' }, undefined, fallback],
    ['nor a number that some take for one', [], { Host: '2130706433' }, undefined, fallback],
    [
      'the name of this machine',
      [],
      { Host: hostname().toUpperCase() },
      undefined,
      `http://${hostname().toLowerCase()}/terms`,
    ],
    ['another name is not believed', [], { Host: 'evil.example' }, undefined, fallback],
    ['nor one that only begins like ours', [], { Host: 'localhost.evil.example' }, undefined, fallback],
    ['nor what is forwarded by anybody', [], { Host: 'localhost', ...forwarded }, undefined, 'http://localhost/terms'],
    [
      'what a trusted proxy says',
      ['loopback'],
      { Host: 'backend', ...forwarded },
      undefined,
      'https://watch.example/terms',
    ],
    [
      'its host where it forwards none',
      ['loopback'],
      { Host: 'watch.example' },
      undefined,
      'http://watch.example/terms',
    ],
    ['a host that is none', ['loopback'], { 'X-Forwarded-Host': 'a"><script>' }, undefined, fallback],
    ['configured, whoever asks', [], { Host: 'evil.example' }, 'https://watch.example/', 'https://watch.example'],
    [
      'configured, whatever is forwarded',
      ['loopback'],
      forwarded,
      'https://other.example/t',
      'https://other.example/t',
    ],
  ])('%s', async (_name, trusted, headers, configured, url) => {
    expect((await seen(trusted, headers, configured)).url).toBe(url);
  });

  test('the address that was connected to is ours, public or not', () => {
    const clientOf = createClientOf([]);
    const publicUrl = createPublicUrl({ configured: undefined, basePath: '', fallbackOrigin: () => 'none', clientOf });
    const asked = (host: string, localAddress: string): string => {
      const incoming = { headers: { host }, socket: { localAddress, remoteAddress: '203.0.113.9' } };
      const outgoing = Object.create(ServerResponse.prototype) as ServerResponse;
      const c = new Context(new Request(`http://${host}/`), { env: { incoming, outgoing } });
      return publicUrl(c);
    };
    expect(asked('192.0.2.7:3000', '192.0.2.7')).toBe('http://192.0.2.7:3000');
    expect(asked('192.0.2.7:3000', '::ffff:192.0.2.7')).toBe('http://192.0.2.7:3000');
    expect(asked('[2001:DB8:0::7]', '2001:db8::7')).toBe('http://[2001:db8:0::7]');
    expect(asked('192.0.2.8:3000', '192.0.2.7')).toBe('none');
    expect(asked('[::ffff:203.0.113.9]', '192.0.2.7')).toBe('none');
    expect(asked('[::ffff:10.0.0.1]', '192.0.2.7')).toBe('http://[::ffff:10.0.0.1]');
  });
});
