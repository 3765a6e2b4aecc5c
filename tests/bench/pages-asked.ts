import { readdirSync, readFileSync } from 'node:fs';
import { Agent, get, type IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';

const unpack = promisify(zstdDecompress);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
/** What browsers of today send. */
const HEADERS = { accept: 'text/html', 'accept-encoding': 'gzip, deflate, br, zstd' };

export interface PageAnswer {
  readonly status: number;
  /** As it came over the wire: status line, header fields and the compressed body. */
  readonly bytes: number;
  /** Until the last byte. */
  readonly milliseconds: number;
  /** Processor time of the server and its threads meanwhile, which another program on the machine does not change. */
  readonly processor: number;
  readonly html: string;
  readonly location: string | undefined;
}

/** Asks as a browser does, over a connection that stays. @param pid of the server */
export async function askPage(address: string, pid: number): Promise<PageAnswer> {
  const before = processorTime(pid);
  const started = performance.now();
  const { response, body } = await new Promise<{ response: IncomingMessage; body: Buffer }>((resolve, reject) => {
    get(address, { agent, headers: HEADERS }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => resolve({ response: incoming, body: Buffer.concat(chunks) }));
    }).on('error', reject);
  });
  const milliseconds = performance.now() - started;
  const processor = processorTime(pid) - before;
  const head = response.rawHeaders.reduce((sum, part) => sum + part.length + 2, 'HTTP/1.1 200 OK\r\n\r\n'.length);
  const text = response.headers['content-encoding'] === 'zstd' ? await unpack(body) : body;
  return {
    status: response.statusCode ?? 0,
    bytes: head + body.length,
    milliseconds,
    processor,
    html: text.toString('utf8'),
    location: response.headers.location,
  };
}

/** Where the styles, scripts, pictures and fonts are that a document has its reader's browser fetch. */
export function partsOf(html: string): string[] {
  const tags = html.match(/<(?:link|script|img|source|iframe|object|embed)\b[^>]*>/g) ?? [];
  const addresses = tags.flatMap((tag) => {
    if (/^<link/.test(tag) && !/\brel="(?:stylesheet|icon|preload|modulepreload|manifest)"/.test(tag)) return [];
    return /\b(?:href|src|data)="([^"]+)"/.exec(tag)?.[1] ?? [];
  });
  return [...new Set(addresses)].filter((address) => !address.startsWith('data:'));
}

/** Where the fonts and pictures are that a style sheet names. */
export const partsOfStyle = (css: string): string[] => [
  ...new Set([...css.matchAll(/(?:url\(|@import )["']?([^"')]+)/g)].flatMap(([, address]) => address ?? [])),
];

/** Milliseconds of processor time of a process and its threads; NaN where the system does not tell. */
function processorTime(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).reduce(
      (sum, thread) => sum + Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6,
      0,
    );
  } catch {
    return Number.NaN;
  }
}
