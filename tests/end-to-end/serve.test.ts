import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  clausewatch,
  jsonLines,
  makeCollection,
  type RunningProgram,
  startProgram,
  termsPage,
} from '../helpers/program.ts';
import { rawRequest } from '../helpers/raw-request.ts';
import { startTerms, type TermsSite } from '../helpers/terms-site.ts';

interface Setting {
  readonly site: TermsSite;
  readonly collection: string;
  readonly env: Readonly<Record<string, string>>;
}

const TYPE = 'Terms of Service';

async function setUp(): Promise<Setting> {
  const site = await startTerms({ '/terms': termsPage('You may not resell the lark.') });
  const collection = await makeCollection({ Larkmail: { [TYPE]: { fetch: `${site.origin}/terms`, select: 'main' } } });
  const metadata = 'id: harbour\nname: Harbour\ntagline: Fictional\nlanguages: [en]\njurisdictions: [EU]\n';
  await writeFile(join(collection, 'metadata.yml'), metadata);
  return { site, collection, env: { CLAUSEWATCH_ALLOW_ADDRESSES: site.address } };
}

/** Where a program that was started serves, once it says so. */
async function addressOf(program: RunningProgram): Promise<string> {
  await program.says('serving at');
  const line = jsonLines(program.stderr().replace(/[^\n]*$/, '')).find(({ msg }) =>
    String(msg).startsWith('serving at'),
  );
  return `http://127.0.0.1:${line?.port}`;
}

async function until<Value>(ask: () => Promise<Value | undefined>, patience = 60_000): Promise<Value> {
  for (const end = Date.now() + patience; ; await delay(50)) {
    const value = await ask().catch(() => undefined);
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`It did not come to that in ${patience} ms.`);
  }
}

const json = async (url: string): Promise<Record<string, unknown> | undefined> => {
  const answer = await fetch(url);
  return answer.ok ? ((await answer.json()) as Record<string, unknown>) : undefined;
};

const residentMegabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

describe('serve', () => {
  test('an archive that another process tracks: what it records can be read within seconds', async () => {
    const { site, collection, env } = await setUp();
    const server = startProgram(['serve', '--collection', collection], { env });
    const origin = await addressOf(server);
    const early = await fetch(`${origin}/v1/versions`);
    if (early.ok) expect(await early.json()).toMatchObject({ data: [], count: 0 });
    else expect([early.status, Number(early.headers.get('retry-after'))]).toEqual([503, expect.closeTo(5, -1)]);

    const track = ['track', '--collection', collection];
    expect((await clausewatch(track, { env })).code).toBe(0);
    const latest = `${origin}/v1/version/Larkmail/${encodeURIComponent(TYPE)}/latest`;
    const first = await until(() => json(latest), 8000);
    expect(first).toMatchObject({ content: expect.stringContaining('You may not resell the lark.') });

    site.documents['/terms'] = termsPage('You may resell the lark.');
    expect((await clausewatch(track, { env })).code).toBe(0);
    const second = await until(async () => {
      const version = await json(latest);
      return version && version.id !== first.id ? version : undefined;
    }, 8000);
    expect(second).toMatchObject({ content: expect.stringContaining('You may resell the lark.') });
    const health = await until(async () => {
      const found = await json(`${origin}/health`);
      return JSON.stringify(found).includes('"changed":1') ? found : undefined;
    });
    expect(health).toMatchObject({ status: 'ok', collections: [{ id: 'harbour', lastRun: { status: 'completed' } }] });
    const redline = await until(() => json(`${origin}/api/collections/harbour/redlines/${first.id}/${second.id}`));
    expect(redline).toBeDefined();

    server.child.kill('SIGTERM');
    const { code, stdout } = await server.ended;
    expect([code, stdout]).toEqual([130, '']);
  });

  test('mirrors that are not there are told at the start, and make it unwell', async () => {
    const directory = await makeCollection({});
    const file = join(directory, 'collections.yml');
    await writeFile(
      file,
      'collections: {far: {versions: https://git.example/x.git}, gone: {versions: ../gone.git, schedule: "0 1 * * *"}}',
    );
    const server = startProgram(['serve', '--configuration', file]);
    const origin = await addressOf(server);
    const warned = jsonLines(server.stderr().replace(/[^\n]*$/, '')).filter(({ level }) => level === 'warn');
    expect(warned.map(({ msg }) => msg)).toEqual([
      expect.stringMatching(/^collections\.yml, collections\.gone\.schedule: has nothing to fetch/),
      expect.stringMatching(/^collections\.yml, collections\.gone\.versions: .*gone\.git is not there/),
      expect.stringMatching(/^not fetched yet: run "clausewatch mirror"/),
    ]);
    expect(server.stderr()).toMatch(/serve.. fetches no mirrors \(far\)/);
    const problems = await until(async () => {
      const answer = await fetch(`${origin}/health`);
      const { problems: found } = (await answer.json()) as { problems: string[] };
      return answer.status === 503 && found.length === 2 ? found : undefined;
    });
    expect(problems).toEqual([expect.stringMatching(/^far: .*not fetched yet/), expect.stringMatching(/gone\.git/)]);
  });

  test('SIGTERM: answers in progress end, no new ones begin, and the port is free again', async () => {
    const { collection, env } = await setUp();
    const server = startProgram(['serve', '--collection', collection], { env });
    const origin = await addressOf(server);
    const port = Number(new URL(origin).port);
    // A connection that is kept open, and one in the middle of its request.
    const idle = connect(port, '127.0.0.1');
    const half = connect(port, '127.0.0.1');
    onTestFinished(() => {
      idle.destroy();
      half.destroy();
    });
    for (const socket of [idle, half]) socket.on('error', () => {});
    idle.write('GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n');
    half.write('GET /health HTTP/1.1\r\nHost: localhost\r\n');
    await new Promise((resolve) => idle.once('data', resolve));
    const begun = Date.now();
    server.child.kill('SIGTERM');
    const { code, stderr } = await server.ended;
    expect(code).toBe(130);
    expect(Date.now() - begun).toBeLessThan(10_000);
    expect(stderr).toContain('"msg":"stopped"');
    const again = createServer();
    await new Promise<void>((resolve, reject) => {
      again.once('error', reject);
      again.listen(port, '127.0.0.1', resolve);
    });
    again.close();
  });

  test('a port that is taken, an address that is not ours, and other faults are explained', async () => {
    const { collection } = await setUp();
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const address = taken.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const cases: [string[], number, string | RegExp][] = [
      [['--collection', join(collection, 'data')], 1, 'There are neither declarations in'],
      [['--port', port], 1, `Cannot serve at 127.0.0.1:${port}: another program listens there.`],
      [['--host', '192.0.2.1'], 1, 'this machine has no such address'],
      [['--host', 'nowhere.invalid'], 1, 'the name cannot be resolved'],
      [['--port', '70000'], 1, 'expected a port'],
      [['--base-path', '/a b'], 1, 'expected a path of letters'],
      [['--public-url', 'watch'], 1, 'expected an address such as https://watch.example'],
      [['--trust-proxy', 'proxy'], 1, 'found “proxy”'],
      [['--configuration', join(collection, 'absent.yml'), '--data', 'x'], 2, /cannot be used with/],
    ];
    for (const [args, code, message] of cases) {
      const isConfigured = args.includes('--configuration') || args.includes('--collection');
      const said = await clausewatch(['serve', ...(isConfigured ? [] : ['--collection', collection]), ...args]);
      expect(said).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(message) });
    }
  });

  test('a flood of hostile requests by ten clients: no 5xx, readers are answered after it, memory stays', async () => {
    const { collection, env } = await setUp();
    await clausewatch(['track', '--collection', collection], { env });
    const server = startProgram(['serve', '--collection', collection], {
      env: { ...env, CLAUSEWATCH_RATE_LIMIT: '0', CLAUSEWATCH_ACCESS_LOG: 'off' },
    });
    const origin = await addressOf(server);
    const version = await until(() => json(`${origin}/v1/version/Larkmail/${encodeURIComponent(TYPE)}/latest`));
    await until(async () => {
      const answer = await fetch(`${origin}/api/search?q=lark`);
      return answer.status === 200 ? answer.status : undefined;
    });
    const date = '2024-01-01T00:00:00Z';
    const paths = [
      '/v1/versions?limit=99999999999',
      '/v1/versions?limit=500&offset=9007199254740991',
      '/v1/versions?limit=-1',
      '/v1/versions?offset=1e308',
      `/v1/version/${'a'.repeat(3000)}`,
      `/v1/version/--upload-pack=x/${date}`,
      `/v1/version/Larkmail/x/${'9'.repeat(300)}`,
      '/v1/version/HEAD~1',
      '/v1/version/..%2f..%2fetc%2fpasswd',
      '/v1/service/__proto__',
      '/v1/service/%E2%80%AE',
      '/v1/feed/%3Cscript%3E',
      '/federation/v1/services?name=%25&termsType[]=x',
      `/api/search?q=${encodeURIComponent('("'.repeat(500))}`,
      `/api/search?q=${encodeURIComponent('a* OR '.repeat(300))}b`,
      `/api/search?q=${encodeURIComponent('NOT NOT NOT')}`,
      '/api/search?q=lark&limit=1e9',
      '/api/search?q=%F0%9F%90%A6&since=0000&until=99999',
      `/api/collections/harbour/redlines/${version.id}/${'0'.repeat(40)}`,
      `/api/collections/harbour/redlines/${version.id}/${version.id}`,
      '/api/collections/harbour/redlines/HEAD/--output=x',
      '/api/collections/__proto__/versions',
      `/api/collections/harbour/services/Larkmail/terms/${encodeURIComponent(TYPE)}/passages?text=${'x'.repeat(4000)}`,
      '/api/changes?cursor=%27%3B%20DROP%20TABLE%20version%3B--',
      '/api/changes?format=csv&services=%00',
      `/api/domains?domain=${'a.'.repeat(400)}`,
      '/feeds/atom?services=,,,,&since=never',
      '/v1/dataset/latest/download',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/nothing',
    ];
    const statuses = new Map<number, number>();
    const flood = async (client: number): Promise<void> => {
      for (let turn = 0; turn < paths.length * 4; turn++) {
        const path = paths[(turn + client * 3) % paths.length] ?? '/';
        const headers = { 'Accept-Encoding': turn % 2 ? 'gzip' : 'identity', 'X-Forwarded-For': `203.0.113.${client}` };
        const answer = await fetch(origin + path, { headers });
        await answer.arrayBuffer();
        if (answer.status >= 500) expect([path, answer.status]).toBe('no 5xx');
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      }
    };
    const clients = Array.from({ length: 10 }, (_, client) => client);
    await Promise.all(clients.map(flood));
    const before = residentMegabytes(server.pid);
    await Promise.all(clients.map(flood));
    await Promise.all(clients.map(flood));
    const after = residentMegabytes(server.pid);
    expect(statuses.get(404)).toBeGreaterThan(0);
    expect(statuses.get(400)).toBeGreaterThan(0);
    expect(after - before, `${before} MB, then ${after} MB`).toBeLessThan(60);
    expect((await fetch(`${origin}/v1/services`)).status).toBe(200);
    server.child.kill('SIGTERM');
    const { code, stderr } = await server.ended;
    expect([code, stderr]).toEqual([130, expect.not.stringContaining('"level":"error"')]);
  }, 180_000);

  test('slow clients are cut off; others are answered meanwhile', async () => {
    const { collection, env } = await setUp();
    const server = startProgram(['serve', '--collection', collection], { env });
    const origin = await addressOf(server);
    const port = Number(new URL(origin).port);
    const begin = 'GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ';
    const slow = Array.from({ length: 20 }, () =>
      rawRequest(port, [begin, ...Array.from({ length: 60 }, () => 'a')], { pause: 1000, timeout: 30_000 }),
    );
    for (let turn = 0; turn < 10; turn++) {
      expect((await fetch(`${origin}/health`)).status).toBe(200);
      await delay(100);
    }
    for (const { status } of await Promise.all(slow)) expect([408, undefined]).toContain(status);
  }, 60_000);

  test('one client may not hold all connections', async () => {
    const { collection, env } = await setUp();
    const server = startProgram(['serve', '--collection', collection], { env });
    const port = Number(new URL(await addressOf(server)).port);
    const sockets = Array.from({ length: 150 }, () => connect(port, '127.0.0.1'));
    onTestFinished(() => sockets.forEach((socket) => void socket.destroy()));
    let closed = 0;
    for (const socket of sockets) {
      socket.on('error', () => {});
      socket.on('close', () => closed++);
    }
    await until(async () => (closed >= 50 ? closed : undefined));
    await delay(300);
    expect(closed).toBe(50);
  });
});

describe('start', () => {
  test('tracks and serves in one process, and --no-server only tracks', async () => {
    const { collection, env } = await setUp();
    const program = startProgram(['start', '--collection', collection], { env });
    const origin = await addressOf(program);
    const latest = `${origin}/v1/version/Larkmail/${encodeURIComponent(TYPE)}/latest`;
    expect(await until(() => json(latest))).toMatchObject({ content: expect.stringContaining('resell the lark') });
    expect(await json(`${origin}/health`)).toMatchObject({ collections: [{ lastRun: { status: 'completed' } }] });
    program.child.kill('SIGTERM');
    expect((await program.ended).code).toBe(130);

    const alone = startProgram(['start', '--no-server', '--collection', collection], { env });
    await alone.says('waiting for the next run');
    alone.child.kill('SIGTERM');
    expect((await alone.ended).stderr).not.toContain('serving at');
  });

  test('several collections: one tracked, one mirrored and fetched on its schedule', async () => {
    const { site, collection, env } = await setUp();
    await clausewatch(['track', '--collection', collection], { env });
    const elsewhere = join(collection, 'elsewhere');
    await mkdir(elsewhere);
    await cp(join(collection, 'data', 'versions'), join(elsewhere, 'versions'), { recursive: true });
    const configuration = join(collection, 'collections.yml');
    const remote = `file://${join(elsewhere, 'versions')}`;
    await writeFile(
      configuration,
      `collections:
  harbour: { tracked: true, default: true, declarations: . }
  quay: { name: The quay, versions: "${remote}", schedule: "* * * * * *" }
`,
    );
    const program = startProgram(['start', '--configuration', configuration], { env });
    const origin = await addressOf(program);
    const versions = async (id: string): Promise<number | undefined> => {
      const list = (await json(`${origin}/${id}/api/v1/versions`)) as { count: number } | undefined;
      // Before the first fetch there is nothing; that is an answer too.
      return list?.count || undefined;
    };
    expect(await until(() => versions('quay'))).toBe(1);
    expect(await until(() => versions('harbour'))).toBe(1);
    const health = await until(async () => {
      const found = (await json(`${origin}/health`)) as { collections: { id: string; mirror: unknown }[] } | undefined;
      return found?.collections.find(({ id, mirror }) => id === 'quay' && mirror);
    });
    expect(health).toMatchObject({ kind: 'mirrored', mirror: { failures: 0, lastError: null } });

    // Elsewhere, somebody records another version.
    site.documents['/terms'] = termsPage('The lark may be resold on Sundays.');
    await clausewatch(['track', '--collection', collection, '--data', join(collection, 'other')], { env });
    const bare = join(collection, 'other', 'versions');
    execFileSync('git', ['-C', join(elsewhere, 'versions'), 'fetch', '-q', bare, '+HEAD:refs/heads/other']);
    execFileSync('git', ['-C', join(elsewhere, 'versions'), 'update-ref', 'HEAD', 'refs/heads/other']);
    const text = await until(async () => {
      const version = await json(`${origin}/quay/api/v1/version/Larkmail/${encodeURIComponent(TYPE)}/latest`);
      return String(version?.content).includes('on Sundays') ? version : undefined;
    });
    expect(text).toBeDefined();
    program.child.kill('SIGTERM');
    expect((await program.ended).code).toBe(130);
  });
});
