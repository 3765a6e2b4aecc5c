import { setImmediate } from 'node:timers/promises';
import { ExtractError, type ExtractErrorReason } from './extract-error.ts';
import { extractHere } from './extract-here.ts';
import type { ExtractRequest } from './extract-request.ts';

/** What a worker thread answers: classes of errors do not cross threads. */
export type WorkerAnswer =
  | { readonly markdown: string }
  | { readonly failure: { readonly reason: ExtractErrorReason; readonly message: string } };

/** The task of a worker thread. */
export default async function answer(request: ExtractRequest): Promise<WorkerAnswer> {
  try {
    return { markdown: await extractHere(request) };
  } catch (error) {
    if (!(error instanceof ExtractError)) throw error;
    return { failure: { reason: error.reason, message: error.message } };
  } finally {
    // jsdom's trees are let go when the event loop turns, and the pool asks for the next document before it does.
    // Without this pause, hundreds of small documents exhaust the worker, and an innocent one is blamed.
    await setImmediate();
  }
}
