import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { openBatchReader } from '../../archive/git/batch-reader.ts';
import { type GitLocation, locateRepository } from '../../archive/git/git-location.ts';
import { readHead } from '../../archive/git/head.ts';
import { readHistory } from '../../archive/git/history.ts';
import { watchTree } from './process-tree.ts';

const PROGRAM = new URL('../../cli/main.mjs', import.meta.url).pathname;
/** Tells at its end what the process used. */
const METER =
  'data:text/javascript,process.on("exit",()=>{const{userCPUTime,maxRSS}=process.resourceUsage();process.stderr.write(JSON.stringify({userCPUTime,maxRSS})+"\\n")})';

/** A file of a record. */
export interface Version {
  readonly commit: string;
  readonly path: string;
  readonly blob: string;
}

/** A line of `changes --json`, as far as it is asked for here. */
export interface Line {
  readonly commit: string;
  readonly path: string;
  readonly class: string;
  readonly state: string;
  readonly alert: boolean;
  readonly technicalUpgrade: boolean;
  /** The reasons without the words of the archive that they quote. */
  readonly kinds: readonly string[];
}

/** What `clausewatch changes --repository` said and used. */
export interface Judgement {
  readonly lines: readonly Line[];
  /** User time of our process. */
  readonly userSeconds: number;
  /** Processor time of it and its gits. */
  readonly allSeconds: number;
  readonly peakMegabytes: number;
  readonly seconds: number;
}

/** Files of records in commit order: no root files, no deletions. */
export async function versionsOf(repository: string): Promise<Version[]> {
  const location = await located(repository);
  const versions: Version[] = [];
  for await (const batch of readHistory(location, [(await readHead(location)) ?? 'HEAD'])) {
    for (const { id: commit, changes } of batch) {
      for (const { path, blob } of changes) if (blob && path.includes('/')) versions.push({ commit, path, blob });
    }
  }
  return versions;
}

export async function* readTexts(
  repository: string,
  versions: readonly Version[],
): AsyncGenerator<[Version, string], void, undefined> {
  const reader = openBatchReader(await located(repository));
  try {
    for (const version of versions) yield [version, Buffer.from((await reader.read(version.blob)) ?? '').toString()];
  } finally {
    await reader.close();
  }
}

/** Processor seconds that git needs to list and to read everything. */
export async function measureReading(repository: string, versions: readonly Version[]): Promise<number> {
  const list = spawn('git', ['-C', repository, 'log', '--raw', '--no-abbrev'], { stdio: 'ignore' });
  const listing = await watchTree(list.pid ?? 0, once(list, 'close'));
  const read = spawn('git', ['-C', repository, 'cat-file', '--batch'], { stdio: ['pipe', 'pipe', 'ignore'] });
  read.stdout.resume();
  read.stdin.end(versions.map(({ blob }) => `${blob}\n`).join(''));
  const reading = await watchTree(read.pid ?? 0, once(read, 'close'));
  return listing.cpuSeconds + reading.cpuSeconds;
}

export async function judge(repository: string): Promise<Judgement> {
  const started = performance.now();
  const args = ['--import', METER, PROGRAM, 'changes', '--repository', repository, '--json'];
  const program = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  program.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = once(program, 'close');
  const watching = watchTree(program.pid ?? 0, ended);
  const lines: Line[] = [];
  for await (const text of createInterface({ input: program.stdout })) {
    const { commit, path, class: rung, state, alert, technicalUpgrade, reasons } = JSON.parse(text);
    const kinds = [...new Set<string>(reasons.map(withoutWords))];
    lines.push({ commit, path, class: rung, state, alert, technicalUpgrade, kinds });
  }
  const [code] = await ended;
  if (code !== 0) throw new Error(`clausewatch changes ended with ${code}: ${said}`);
  const { userCPUTime, maxRSS } = JSON.parse(said.trim().split('\n').at(-1) ?? '');
  return {
    lines,
    userSeconds: userCPUTime / 1e6,
    allSeconds: (await watching).cpuSeconds,
    peakMegabytes: maxRSS / 1024,
    seconds: (performance.now() - started) / 1000,
  };
}

const withoutWords = (reason: string): string => reason.replace(/“[^”]*”?/g, '…').replace(/^(removed|added): …: /, '');

async function located(repository: string): Promise<GitLocation> {
  const location = await locateRepository(repository);
  if (!location) throw new Error(`No repository in ${repository}`);
  return location;
}
