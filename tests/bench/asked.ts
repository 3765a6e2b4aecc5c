import { readFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import autocannon from 'autocannon';

/** Answers as texts are compared uncompressed. */
const HEADERS = { 'accept-encoding': 'identity' };
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

export interface Answer {
  readonly status: number;
  readonly bytes: number;
  readonly milliseconds: number;
  readonly text: string;
}

/** One request over a connection that stays, until the last byte of the answer. */
export function ask(address: string): Promise<Answer> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    get(address, { agent, headers: HEADERS }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const milliseconds = performance.now() - started;
        const body = Buffer.concat(chunks);
        resolve({
          status: response.statusCode ?? 0,
          bytes: body.length,
          milliseconds,
          text: body.toString('utf8'),
        });
      });
    }).on('error', reject);
  });
}

export interface Times {
  readonly median: number;
  readonly p95: number;
}

export function timesOf(milliseconds: readonly number[]): Times {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95) };
}

/** Asks each address, one after the other. @throws Error for an answer that is none. */
export async function askEach(origin: string, paths: readonly string[]): Promise<{ times: Times; bytes: number }> {
  const answers: Answer[] = [];
  for (const path of paths) {
    const answer = await ask(`${origin}${path}`);
    if (answer.status !== 200)
      throw new Error(`${path} was answered with ${answer.status}: ${answer.text.slice(0, 300)}`);
    answers.push(answer);
  }
  const bytes = answers.reduce((sum, answer) => sum + answer.bytes, 0) / answers.length;
  return { times: timesOf(answers.map(({ milliseconds }) => milliseconds)), bytes };
}

export interface Throughput {
  readonly perSecond: number;
  /** Processor time of the server for one request, which another program on the machine does not change: milliseconds. */
  readonly processor: number;
}

/** 10 connections that ask these addresses in turn. @throws Error where any was answered badly. */
export async function throughput(
  { origin, pid }: { readonly origin: string; readonly pid: number },
  paths: readonly string[],
  seconds: number,
): Promise<Throughput> {
  const before = await processorTime(pid);
  const result = await autocannon({
    url: origin,
    connections: 10,
    duration: seconds,
    headers: HEADERS,
    requests: paths.map((path) => ({ path })),
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(
      `${paths[0]} …: ${result.non2xx} answers of ${result.requests.total} were none, ${result.errors} errors`,
    );
  }
  const used = (await processorTime(pid)) - before;
  return { perSecond: result.requests.average, processor: used / result.requests.total };
}

/** Milliseconds of processor time of a process and its threads; Linux counts in hundredths of a second. */
async function processorTime(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [user = Number.NaN, system = Number.NaN] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return (user + system) * 10;
}

/** So many requests, 10 at a time. */
export async function askMany(origin: string, paths: readonly string[], count: number): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      while (next < count) {
        const path = paths[next++ % paths.length] ?? '/';
        const response = await fetch(`${origin}${path}`);
        await response.arrayBuffer();
        if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
      }
    }),
  );
}
