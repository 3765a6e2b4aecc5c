import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createNetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  createFilterProcesses,
  type FilterProcesses,
} from '../../../crawler/extract/filter-process/extract-with-filters.ts';
import { type FilterCollection, makeFilterCollection } from '../../helpers/filter-collection.ts';

const source = join(import.meta.dirname, '..', '..', 'fixtures', 'filters', 'attacks.filters.js');
const attacks = Object.keys((await import(pathToFileURL(source).href)) as Record<string, unknown>);

let collection: FilterCollection;
let processes: FilterProcesses;

beforeAll(() => {
  collection = makeFilterCollection();
  collection.write(
    'declarations/Neighbour.filters.js',
    `export const fine = (document) => { document.querySelector('p').textContent = 'fine' + [1].map(String) + ({}).polluted; };`,
  );
  processes = createFilterProcesses({ timeout: 45_000, memoryMegabytes: 128, idle: 60_000 });
});
afterAll(() => {
  processes.close();
  collection.remove();
});
afterEach(async () => {
  const text = await processes.extract(collection.request('Neighbour', { filter: ['fine'] }));
  expect(text, 'another service is unharmed').toBe('Terms\n=====\n\nfine1undefined');
});

describe('attacks', () => {
  let outside: string;
  let victim: ChildProcess;
  let target: Record<string, string | number>;
  let reached = 0;
  const closers: (() => void)[] = [];

  beforeAll(async () => {
    outside = realpathSync(mkdtempSync(join(tmpdir(), 'clausewatch-outside-')));
    mkdirSync(join(outside, 'directory'));
    writeFileSync(join(outside, 'module.cjs'), 'exports.value = 1;\n');
    const web = createServer((_, response) => {
      reached += 1;
      response.end('trap');
    });
    web.on('connection', () => {
      reached += 1;
    });
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const unix = createNetServer(() => {
      reached += 1;
    });
    await new Promise<void>((resolve) => unix.listen(join(outside, 'socket'), resolve));
    const datagrams = createSocket('udp4', () => {
      reached += 1;
    });
    await new Promise<void>((resolve) => datagrams.bind(0, '127.0.0.1', resolve));
    victim = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    closers.push(
      () => web.close(),
      () => unix.close(),
      () => datagrams.close(),
      () => victim.kill('SIGKILL'),
    );
    target = {
      port: (web.address() as AddressInfo).port,
      datagramPort: datagrams.address().port,
      unixSocket: join(outside, 'socket'),
      directory: join(outside, 'directory'),
      outsideModule: pathToFileURL(join(outside, 'module.cjs')).href,
      pid: victim.pid ?? 0,
      dots: `../../${outside.split('/').at(-1)}/secret.env`,
    };
  });
  afterAll(() => {
    for (const close of closers) close();
    rmSync(outside, { recursive: true, force: true });
  });

  /** The secret, written anew since some attacks delete it, and a name for a new file. */
  function targetOf(attack: string): Record<string, string | number> {
    const secretFile = join(outside, 'secret.env');
    writeFileSync(secretFile, 'A=secret\n');
    return { ...target, secretFile, newFile: join(outside, `new-${attack}`) };
  }

  const refused =
    /denied|restricted|not available|is not defined|disabled|without network|No such built-in|ERR_UNKNOWN_BUILTIN|cannot be read|undefined/i;
  test('there are attacks of every kind', () => {
    expect(attacks.length).toBeGreaterThanOrEqual(50);
  });

  test.each(attacks)('%s is refused', async (attack) => {
    reached = 0;
    const before = readdirSync(outside, { recursive: true }).length;
    const request = collection.request('attacks', { filter: [{ [attack]: targetOf(attack) }] });
    const message = await processes.extract(request).then(
      (text) => `got through: ${text}`,
      (error: Error) => `${error.name}: ${error.message}`,
    );
    expect(message).toMatch(/^ExtractError: .*The filter function "\w+" failed: /);
    expect(message.replace(/^.*failed: /, '')).toMatch(refused);
    expect(reached).toBe(0);
    expect(existsSync(join(outside, 'secret.env'))).toBe(true);
    expect(readdirSync(outside, { recursive: true }).length - before).toBeLessThanOrEqual(1);
    expect(existsSync(join(collection.directory, 'declarations', 'new.txt'))).toBe(false);
    expect(victim.exitCode).toBe(null);
  });

  test.concurrent.each(attacks)('control: without confinement %s gets through', async (attack) => {
    const own = realpathSync(mkdtempSync(join(tmpdir(), 'clausewatch-control-')));
    const file = join(own, 'attacks.filters.mjs');
    const code = `import { cpSync } from 'node:fs';
      cpSync(${JSON.stringify(source)}, ${JSON.stringify(file)});
      const attacks = await import(${JSON.stringify(pathToFileURL(file).href)});
      await attacks[${JSON.stringify(attack)}]({}, ${JSON.stringify({ ...targetOf(attack), newFile: join(own, 'new') })});
      console.log('REACHED'); process.exit(0);`;
    // Node as it is by itself: where the tests have compiled code kept, another folder for it is not taken.
    const { NODE_COMPILE_CACHE: _kept, ...environment } = process.env;
    const env = { ...environment, TEST_SECRET: 'x' };
    const answer = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
      env,
      cwd: own,
    }).catch((error: Error) => ({ stdout: error.message }));
    rmSync(own, { recursive: true, force: true });
    expect(answer.stdout).toContain('REACHED');
  });

  test('a symbolic link out of the collection is named and nothing is run', async () => {
    const link = join(collection.directory, 'declarations', 'link');
    symlinkSync('/etc', link);
    collection.write(
      'declarations/Linked.filters.js',
      `import fs from 'node:fs';
      export const read = () => { throw new Error(fs.readFileSync(new URL('./link/hostname', import.meta.url), 'utf8')); };`,
    );
    try {
      const extraction = processes.extract(collection.request('Linked', { filter: ['read'] }));
      await expect(extraction).rejects.toThrow(/the symbolic link .*link leads out of the collection, to \/etc/);
    } finally {
      rmSync(link);
    }
  });

  test('a filters file outside of the collection is not run', async () => {
    const request = collection.request('Neighbour', { filter: ['value'], filtersFile: join(outside, 'module.cjs') });
    await expect(processes.extract(request)).rejects.toThrow(/lies outside of the collection/);
  });
});

describe('faults', () => {
  const cases: Record<string, RegExp> = {
    fillHeap: /used more than 128 MB of memory/,
    fillBuffers: /allocation failed|Failed to allocate|used more than 128 MB|ended their process/i,
    exit: /ended their process \(exit code 0\)/,
    abort: /ended their process \(SIG/,
    throwError: /"throwError" failed: Error: no such heading/,
    throwText: /"throwText" failed: only text/,
    throwNull: /"throwNull" failed: null/,
    throwTrap: /"throwTrap" failed: something that cannot be shown as text/,
    throwLong: /^.{0,2500}$/,
    throwTerminal: /failed: Error: {2}\[2J \[31mall is well/,
    reject: /"reject" failed: Error: later/,
    rejectUnseen: /ended their process \(exit code 1\)/,
    recurse: /"recurse" failed: RangeError/,
    deleteBody: /matches nothing|no match|has no/i,
    deleteAll: /matches nothing|no match|has no/i,
    print: /printed without end|used more than 128 MB/,
    printError: /printed without end|used more than 128 MB/,
    growText: /message of \d+ bytes \(markdown\), more than the 32000000 allowed|used more than 128 MB/,
    answerNonsense: /sent an unknown kind of message/,
    answerEndless: /sent a message of 4294967295 bytes/,
    answerForOther: /sent an answer that nobody asked for/,
    failNonsense: /sent a(?: failure without reason or message|n answer that nobody asked for)/,
    closeAnswers: /ended their process|were stopped/,
  };
  test.each(Object.entries(cases))('%s', async (filter, expected) => {
    const request = collection.request('faults', { filter: [filter] });
    const error = await processes.extract(request).then(
      (text) => new Error(`gave text: ${text.slice(0, 100)}`),
      (caught: Error) => caught,
    );
    expect(error.name).toBe('ExtractError');
    expect(error.message).toMatch(/faults\.example|deleted/);
    expect(error.message).toMatch(expected);
    expect(error.message).not.toContain('\u001b');
    // Something else than its time ended it.
    expect(error.message).not.toContain('were stopped after');
  });

  // Side by side, with a limit that is still longer than a child takes to start and to work on a document.
  const endless = ['hang', 'wait', 'fetchWithoutEnd'];
  test.concurrent.each(endless)('%s is stopped when its time is up', async (filter) => {
    const own = createFilterProcesses({ timeout: 4_000 });
    try {
      const extraction = own.extract(collection.request('faults', { filter: [filter] }));
      await expect(extraction).rejects.toMatchObject({
        name: 'ExtractError',
        message: expect.stringMatching(/faults\.example.* were stopped after 4 s/),
      });
    } finally {
      own.close();
    }
  });

  test('changed prototypes stay in the process of their service', async () => {
    await processes.extract(collection.request('faults', { filter: ['changePrototypes'] })).catch(() => undefined);
    expect([1].map(String)).toEqual(['1']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('a document does not fail for what the one before it left behind', async () => {
    const documents = ['rejectLater', 'text', 'text', 'text', 'rejectLater', 'text'].map((filter) =>
      processes.extract(collection.request('faults', { filter: [filter] })),
    );
    for (const text of await Promise.all(documents)) expect(text).toMatch(/All of the text\.$/);
  });

  test('every fault has a case', async () => {
    const module_ = (await import(
      pathToFileURL(join(collection.directory, 'declarations', 'faults.filters.js')).href
    )) as Record<string, unknown>;
    expect(Object.keys(module_).sort()).toEqual(
      [...Object.keys(cases), ...endless, 'changePrototypes', 'rejectLater', 'text'].sort(),
    );
  });

  test('what they print is kept for the cause, and not printed by us', async () => {
    collection.write(
      'declarations/Talker.filters.js',
      `export function talk() { console.log('on out'); console.error('on err'); throw new Error('talked'); }`,
    );
    const error = await processes
      .extract(collection.request('Talker', { filter: ['talk'] }))
      .catch((caught: Error) => caught);
    expect(error).toMatchObject({ name: 'ExtractError' });
    expect(String((error as Error).cause)).toMatch(/on out[\s\S]*on err/);
  });
});

describe('ending', () => {
  test('an aborted document ends its process and rejects with the reason', async () => {
    const own = createFilterProcesses({ timeout: 30_000 });
    const abort = new AbortController();
    const first = own.extract(collection.request('faults', { filter: ['hang'] }), abort.signal);
    const second = own.extract(collection.request('faults', { filter: ['wait'] }), abort.signal);
    setTimeout(() => abort.abort(new Error('the run was stopped')), 300);
    await expect(first).rejects.toThrow('the run was stopped');
    await expect(second).rejects.toThrow('the run was stopped');
    own.close();
  });

  test('close rejects what is under way and what waits, and later requests', async () => {
    const begun = Promise.withResolvers<void>();
    const own = createFilterProcesses({
      maximumProcesses: 1,
      guardedFetch: async () => {
        begun.resolve();
        return { status: 200, headers: {}, body: new Uint8Array() };
      },
    });
    const under = own.extract(collection.request('faults', { filter: ['fetchWithoutEnd'] }));
    // Not before the other one has the only process.
    await begun.promise;
    const waits = own.extract(collection.request('Neighbour', { filter: ['fine'] }));
    setTimeout(() => own.close(), 300);
    await expect(under).rejects.toMatchObject({ name: 'ExtractError' });
    // It may have got the process of the other before it learns of the end.
    await expect(waits).rejects.toThrow(/the run is ending|were stopped/);
    await expect(own.extract(collection.request('Neighbour', { filter: ['fine'] }))).rejects.toThrow(
      /the run is ending/,
    );
  });
});
