// Runs the filter functions of one service, and nothing else: started by `filter-process.ts` without permissions.
import { ExtractError } from '../../extract-error.ts';
import { type Frame, frameReader } from '../frames.ts';
import type { ChildFailure, ChildFetched, ChildRequest } from '../messages.ts';
import { send, sendJson } from './channel.ts';
import { confine } from './confine.ts';
import { extract } from './extract.ts';
import { fetchFor, fetchThroughParent, settleFetch } from './fetch-through-parent.ts';
import { describe } from './filter-functions.ts';
import { ruleImports } from './import-rules.ts';

const FROM_THE_PARENT = { request: 2 ** 30, fetched: 2 ** 26 };

const collectionDirectory = process.argv[2] ?? '';
confine();
ruleImports(collectionDirectory);
globalThis.fetch = fetchThroughParent;

const read = frameReader(FROM_THE_PARENT, (frame) => {
  if (frame.kind === 'fetched') settleFetch(parse<ChildFetched>(frame));
  else void answer(frame.request, parse<ChildRequest>(frame));
});
process.stdin.on('data', read);
process.stdin.on('end', () => process.exit(0));
send('ready', 0, new Uint8Array());

async function answer(number: number, request: ChildRequest): Promise<void> {
  fetchFor(number, request.canFetch);
  try {
    const markdown = await extract(request);
    send('markdown', number, Buffer.from(markdown, 'utf8'));
  } catch (error) {
    sendJson('failure', number, failureOf(error));
  }
}

function failureOf(error: unknown): ChildFailure {
  if (error instanceof ExtractError) return { reason: error.reason, message: error.message.slice(0, 2_000) };
  return { reason: 'unreadable', message: error instanceof Error ? error.message : describe(error) };
}

function parse<Message>(frame: Frame): Message {
  return JSON.parse(Buffer.from(frame.payload).toString('utf8')) as Message;
}
