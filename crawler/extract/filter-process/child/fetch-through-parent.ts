import type { ChildFetched } from '../messages.ts';
import { sendJson } from './channel.ts';

interface Call {
  readonly resolve: (response: Response) => void;
  readonly reject: (error: Error) => void;
}

const calls = new Map<number, Call>();
let lastCall = 0;
let current: { readonly request: number; readonly canFetch: boolean } | undefined;

/** Statuses whose `Response` may have no body (Fetch standard, "null body status"). */
const withoutBody = new Set([101, 103, 204, 205, 304]);

/** Says which request the fetches from now on belong to. */
export function fetchFor(request: number, canFetch: boolean): void {
  current = { request, canFetch };
  calls.clear();
}

/** `fetch` as filter functions see it: the parent does it, through its guard. GET and POST, bodies of text or bytes. */
export async function fetchThroughParent(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  if (current === undefined || !current.canFetch) {
    throw new TypeError('fetch failed: this program was started without network for filter functions');
  }
  const request = new Request(input, init);
  const body = request.body === null ? undefined : Buffer.from(await request.arrayBuffer()).toString('base64');
  lastCall += 1;
  const call = lastCall;
  const answer = new Promise<Response>((resolve, reject) => calls.set(call, { resolve, reject }));
  sendJson('fetch', current.request, {
    call,
    url: request.url,
    method: request.method,
    headers: Object.fromEntries(request.headers),
    body,
  });
  return answer;
}

/** Gives the parent's answer to the filter function that waits for it. */
export function settleFetch(answer: ChildFetched): void {
  const call = calls.get(answer.call);
  calls.delete(answer.call);
  if (call === undefined) return;
  if ('error' in answer) {
    call.reject(new TypeError(`fetch failed: ${answer.error}`));
    return;
  }
  const body = withoutBody.has(answer.status) ? null : Buffer.from(answer.body, 'base64');
  try {
    const response = new Response(body, { status: answer.status, headers: answer.headers });
    Object.defineProperty(response, 'url', { value: answer.url });
    call.resolve(response);
  } catch (error) {
    call.reject(new TypeError('fetch failed: the answer cannot be read', { cause: error }));
  }
}
