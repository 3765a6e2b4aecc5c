import { parentPort, workerData } from 'node:worker_threads';
import { updateIndex } from '../update-index.ts';
import { throttleProgress } from './throttle-progress.ts';
import type { FromUpdate, UpdateSettings } from './update-in-thread.ts';

// Makes an index once, in a thread of its own: only of a thread can it be said how much memory it may take.

const port = parentPort;
if (!port) throw new Error('This module runs in a worker thread only');
const settings: UpdateSettings = workerData;
const tell = (message: FromUpdate): void => port.postMessage(message);
const ending = new AbortController();
// The one thing that is ever said to it.
port.once('message', () => ending.abort(new Error('The update of the index was ended.')));
const progress = throttleProgress((activity) => tell({ kind: 'progress', progress: activity }), 0);
try {
  await updateIndex({
    ...settings,
    signal: ending.signal,
    onProgress: ({ part, done, total }) => progress({ kind: 'building', part, done, total }),
    onProblem: (message) => tell({ kind: 'problem', message }),
  });
} catch (error) {
  tell({ kind: 'failed', error });
}
port.close();
