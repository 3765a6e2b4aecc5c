import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { generate } from 'selfsigned';
import { describe, expect, onTestFinished, test } from 'vitest';
import { jsonLines, makeCollection, projectDirectory, startProgram } from '../helpers/program.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const operate = join(projectDirectory, 'docs', 'operate');
const read = (name: string): string => readFileSync(join(operate, name), 'utf8');
const has = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;
const hasNginx = has('nginx', '-v');
const hasSystemd = has('systemd-analyze', '--version');

describe('what docs/operate.md hands out', () => {
  test.skipIf(!hasSystemd)(
    `the unit is one that systemd understands${hasSystemd ? '' : ' (skipped: no systemd-analyze here)'}`,
    async () => {
      const file = join(await temporaryDirectory(), 'clausewatch.service');
      // The program stands elsewhere here, and there is no such user.
      const unit = read('clausewatch.service')
        .replaceAll('/opt/clausewatch', projectDirectory)
        .replace(/^(User|Group)=.*$/gm, '');
      await writeFile(file, unit);
      const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
      expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
      await writeFile(file, unit.replace('KillMode=mixed', 'KillMode=perhaps'));
      expect(spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' }).stderr).toContain('perhaps');
    },
  );

  test('the unit lets Chromium have its sandbox and the program end in order', () => {
    const unit = read('clausewatch.service');
    for (const line of ['KillMode=mixed', 'SuccessExitStatus=130', 'NoNewPrivileges=yes', 'User=clausewatch']) {
      expect(unit.split('\n')).toContain(line);
    }
    expect(unit).toMatch(/^RestrictNamespaces=(?=.*\buser\b)(?=.*\bpid\b)(?=.*\bnet\b)/m);
    expect(unit).not.toMatch(/^MemoryDenyWriteExecute=/m);
  });

  test('the container copies what the program needs, runs unprivileged, and ends by SIGTERM', () => {
    const text = read('Dockerfile');
    const copied = [...text.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, names]) => names?.split(' ') ?? []);
    expect(copied).toEqual(expect.arrayContaining(['archive', 'crawler', 'server', 'cli', 'package-lock.json']));
    for (const name of copied) expect([name, existsSync(join(projectDirectory, name))]).toEqual([name, true]);
    const admitted = read('Dockerfile.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'));
    expect(admitted.map((line) => line.slice(1)).sort()).toEqual([...copied].sort());
    const steps = text.split('\n');
    expect(steps.indexOf('USER node')).toBeGreaterThan(steps.findLastIndex((line) => line.startsWith('RUN')));
    expect(steps).toContain('STOPSIGNAL SIGTERM');
    expect(text).not.toContain('no-sandbox');
  });

  test('what the container copies is a program that runs', async () => {
    const folder = await temporaryDirectory();
    const copied = [...read('Dockerfile').matchAll(/^COPY (.+) \S+$/gm)].flatMap(
      ([, names]) => names?.split(' ') ?? [],
    );
    for (const name of copied) await cp(join(projectDirectory, name), join(folder, name), { recursive: true });
    await symlink(join(projectDirectory, 'node_modules'), join(folder, 'node_modules'));
    const collection = await makeCollection({});
    const server = startProgram(['cli/main.mjs', 'serve', '--collection', collection], {
      cwd: folder,
      command: [process.execPath],
    });
    await server.says('serving at');
    server.child.kill('SIGTERM');
    expect((await server.ended).code).toBe(130);
  });

  test.skipIf(!hasNginx)(
    `behind nginx: https, the client's own address, forged headers dropped${hasNginx ? '' : ' (skipped: no nginx here)'}`,
    async () => {
      const collection = await makeCollection({
        Larkmail: { 'Terms of Service': { fetch: 'https://x.invalid/', select: 'a' } },
      });
      const server = startProgram(['serve', '--collection', collection, '--trust-proxy', 'loopback'], {
        env: { CLAUSEWATCH_ACCESS_LOG: 'full' },
      });
      await server.says('serving at');
      const lines = (): Record<string, unknown>[] => jsonLines(server.stderr().replace(/[^\n]*$/, ''));
      const backend = lines().find(({ msg }) => String(msg).startsWith('serving at'))?.port;
      const [plain, secure] = [await freePort(), await freePort()];
      const folder = await temporaryDirectory();
      const { private: key, cert } = await generate([{ name: 'commonName', value: 'watch.example' }]);
      await writeFile(join(folder, 'fullchain.pem'), cert);
      await writeFile(join(folder, 'privkey.pem'), key);
      await mkdir(join(folder, 'temp'));
      const site = read('nginx.conf')
        .replace(/^ *listen \[::\].*\n/gm, '')
        .replace('listen 80;', `listen 127.0.0.1:${plain};`)
        .replace('listen 443 ', `listen 127.0.0.1:${secure} `)
        .replaceAll('/etc/ssl/watch.example/', `${folder}/`)
        .replace('127.0.0.1:3000', `127.0.0.1:${backend}`);
      await writeFile(join(folder, 'site.conf'), site);
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((name) => `${name}_temp_path ${folder}/temp/${name};`)
        .join(' ');
      await writeFile(
        join(folder, 'nginx.conf'),
        `daemon off; pid ${folder}/nginx.pid; error_log stderr; events {} http { access_log off; ${temporary} include ${folder}/site.conf; }`,
      );
      const options = ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')];
      const checked = spawnSync('nginx', ['-t', ...options], { encoding: 'utf8' });
      expect(checked.stderr).toContain('syntax is ok');
      expect(checked.status).toBe(0);
      const nginx = spawn('nginx', options, { stdio: 'ignore' });
      onTestFinished(async () => {
        nginx.kill('SIGTERM');
        await new Promise((resolve) => (nginx.exitCode === null ? nginx.once('close', resolve) : resolve(0)));
      });

      const forged = {
        'X-Forwarded-For': '192.0.2.66',
        'X-Forwarded-Host': 'evil.example',
        Forwarded: 'for=192.0.2.66',
      };
      const answer = await ask(secure, '/federation/v1/collections', forged);
      expect(JSON.parse(answer.body)).toEqual([
        expect.objectContaining({ endpoint: expect.stringMatching(/^https:\/\/watch\.example\//) }),
      ]);
      expect(answer.headers['strict-transport-security']).toMatch(/^max-age=/);
      expect(
        lines()
          .filter(({ msg }) => msg === 'request')
          .map(({ address }) => address),
      ).toEqual(['127.0.0.1']);
      expect((await ask(secure, '/metrics', {})).status).toBe(404);
      expect((await ask(secure, '/v1/%00', {})).status).toBe(400);
    },
  );
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

/** Asks `https://watch.example`, which is this machine here; again until it listens. */
async function ask(port: number, path: string, headers: Record<string, string>): Promise<Answer> {
  for (let turn = 0; ; turn++) {
    try {
      return await askOnce(port, path, headers);
    } catch (error) {
      if (turn > 100) throw error;
      await delay(50);
    }
  }
}

const askOnce = (port: number, path: string, headers: Record<string, string>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const where = { host: '127.0.0.1', port, path, servername: 'watch.example', rejectUnauthorized: false };
    request({ ...where, headers: { Host: 'watch.example', ...headers } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    })
      .on('error', reject)
      .end();
  });
