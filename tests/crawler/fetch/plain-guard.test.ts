import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FetchError } from '../../../crawler/fetch/fetch-error.ts';
import { createFetcher, type Fetcher } from '../../../crawler/fetch/fetcher.ts';
import type { Resolve } from '../../../crawler/fetch/guard.ts';
import { type LocalSite, startSite } from '../../helpers/local-site.ts';

// `trap` stands for what is inside and listens on every address of this machine, `site` for what is outside.
let trap: LocalSite;
let site: LocalSite;

/** The name's first answer is the site's address, every later one points inside. */
function rebinding(): Resolve {
  let asked = 0;
  return async (host) => {
    if (host === 'mixed.test') {
      return [
        { address: '127.0.0.1', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ];
    }
    if (host !== 'rebinding.test') return [{ address: '127.0.0.1', family: 4 }];
    return [{ address: asked++ === 0 ? '127.0.0.1' : '127.0.0.9', family: 4 }];
  };
}

const fetcherThatAllows = (allowAddresses: readonly string[]): Fetcher =>
  createFetcher({ userAgent: 'Test', language: 'en', hostPause: 0, allowAddresses, resolve: rebinding() });

const insides = (): string[] => [
  `http://127.0.0.1:${trap.port}/`,
  `http://127.0.0.2:${trap.port}/`,
  `http://localhost:${trap.port}/`,
  `http://localhost.:${trap.port}/`,
  `http://inside.test:${trap.port}/`,
  `http://0x7f.1:${trap.port}/`,
  `http://0x7f000001:${trap.port}/`,
  `http://2130706433:${trap.port}/`,
  `http://017700000001:${trap.port}/`,
  `http://127.1:${trap.port}/`,
  `http://0:${trap.port}/`,
  `http://0.0.0.0:${trap.port}/`,
  `http://[::1]:${trap.port}/`,
  `http://[::]:${trap.port}/`,
  `http://[::ffff:127.0.0.1]:${trap.port}/`,
  `http://[::ffff:7f00:1]:${trap.port}/`,
  `http://[64:ff9b::7f00:1]:${trap.port}/`,
  `http://①②⑦.0.0.1:${trap.port}/`,
  `https://127.0.0.1:${trap.port}/`,
];

beforeAll(async () => {
  trap = await startSite({ '/': 'inside' }, { host: '::' });
  site = await startSite({
    '/to': (request, response) => {
      const target = new URL(request.url ?? '', 'http://site').searchParams.get('target') ?? '';
      // As UTF-8 on the wire, as servers send what is not ASCII.
      response.writeHead(302, { location: Buffer.from(target).toString('latin1') }).end();
    },
    '/': 'outside',
  });
});
afterAll(async () => {
  await trap.close();
  await site.close();
});

describe('plain HTTP and addresses inside', () => {
  test('the trap counts when its address is allowed: the tests below can fail', async () => {
    const fetcher = fetcherThatAllows(['127.0.0.1']);
    const before = trap.connections;
    await fetcher.fetch({ location: `http://0x7f.1:${trap.port}/`, executeClientScripts: false, select: [] });
    expect(trap.connections).toBe(before + 1);
    await fetcher.close();
  });

  test('declared or redirected to, in whatever spelling: forbidden-address, no connection', async () => {
    const fetcher = fetcherThatAllows([site.address]);
    const before = trap.connections;
    for (const inside of insides()) {
      for (const location of [inside, `${site.origin}/to?target=${encodeURIComponent(inside)}`]) {
        const fault = await faultOf(fetcher, location);
        expect(`${location} ${fault.reason}`).toBe(`${location} forbidden-address`);
        expect(fault.message).toContain(location);
      }
    }
    expect(trap.connections).toBe(before);
    await fetcher.close();
  });

  test('a name whose answer changes is asked once per connection, and what was checked is dialled', async () => {
    const fetcher = fetcherThatAllows([site.address]);
    const before = trap.connections;
    const location = `http://rebinding.test:${site.port}/`;
    const first = await fetcher.fetch({ location, executeClientScripts: false, select: [] });
    expect(first).toMatchObject({ content: 'outside' });
    expect((await faultOf(fetcher, `http://rebinding.test:${trap.port}/`)).reason).toBe('forbidden-address');
    expect(trap.connections).toBe(before);
    await fetcher.close();
  });

  test('one address inside among several is enough to refuse', async () => {
    const fetcher = fetcherThatAllows([site.address]);
    expect((await faultOf(fetcher, `http://mixed.test:${site.port}/`)).reason).toBe('forbidden-address');
    await fetcher.close();
  });

  test.each(['file:///etc/hostname', 'ftp://127.0.0.1/', 'data:text/html,hello', 'http://user:secret@127.0.0.1/'])(
    '%s is refused, also as a target of a redirect',
    async (location) => {
      const fetcher = fetcherThatAllows([site.address]);
      expect((await faultOf(fetcher, location)).reason).toBe('forbidden-address');
      const target = `${site.origin}/to?target=${encodeURIComponent(location)}`;
      expect((await faultOf(fetcher, target)).reason).toBe('forbidden-address');
      await fetcher.close();
    },
  );
});

const faultOf = (fetcher: Fetcher, location: string): Promise<FetchError> =>
  fetcher.fetch({ location, executeClientScripts: false, select: [] }).then(
    () => expect.unreachable(`${location} was fetched`),
    (error: FetchError) => error,
  );
