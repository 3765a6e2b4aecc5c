import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { type Context, Hono } from 'hono';
import parseRange from 'range-parser';
import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import type { DatasetFacts } from '../../archive/dataset/dataset-facts.ts';
import { datasetsDirectory, openLatestDataset } from '../../archive/dataset/latest-dataset.ts';
import { answerError, answerJson } from '../api/open-terms-archive/answer-json.ts';
import { collectionApiPath } from '../api/open-terms-archive/routes-context.ts';
import type { ServerDeps } from '../deps.ts';
import { checkPreconditions, rangeStillApplies, type Validators } from './preconditions.ts';

/** As OTA words it. */
const NO_DATASET = 'No dataset has been generated yet';

/** A file of which no more than this part is sent; both ends are in it. */
interface Part {
  readonly start: number;
  readonly end: number;
}

/**
 * The dataset part of Open Terms Archive's Collection API, `/dataset/latest` and `/dataset/latest/download`, to be
 * mounted where that API is. The zip is sent from the file as it was when it was asked for, also when a new one takes its
 * place meanwhile.
 */
export function createDatasetRoutes(
  collection: Pick<ServedCollection, 'id' | 'dataDirectory'>,
  deps: Pick<ServerDeps, 'publicUrl'>,
): Hono {
  const directory = datasetsDirectory(collection.dataDirectory);
  const app = new Hono();

  app.get('/dataset/latest', async (c) => {
    const dataset = await openLatestDataset(directory);
    if (!dataset) return answerError(c, 404, NO_DATASET);
    await dataset.file.close();
    const downloadURL = `${deps.publicUrl(c)}${collectionApiPath(collection.id)}/dataset/latest/download`;
    return answerJson(c, { ...dataset.facts, downloadURL });
  });

  app.get('/dataset/latest/download', async (c) => {
    const dataset = await openLatestDataset(directory);
    if (!dataset) return answerError(c, 404, NO_DATASET);
    const { facts, file } = dataset;
    let isSending = false;
    try {
      const answer = answerFile(c, facts);
      if (answer instanceof Response) return answer;
      isSending = true;
      return c.body(streamOf(file, answer.part), answer.status, answer.headers);
    } finally {
      if (!isSending) await file.close();
    }
  });

  return app;
}

interface Sending {
  readonly status: 200 | 206;
  readonly headers: Record<string, string>;
  readonly part: Part;
}

/** The whole answer where none of the file is sent. */
function answerFile(c: Context, facts: DatasetFacts): Response | Sending {
  const request = c.req.raw.headers;
  const validators: Validators = { etag: `"${facts.sha256}"`, lastModified: new Date(facts.releaseDate) };
  const known = {
    ETag: validators.etag,
    'Last-Modified': validators.lastModified.toUTCString(),
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'public, no-cache',
  };
  const verdict = checkPreconditions(request, validators);
  if (verdict === 'failed') return answerError(c, 412, 'Precondition Failed');
  if (verdict === 'not-modified') return c.body(null, 304, known);

  // Ranges are for GET alone (RFC 9110, 14.2); Hono answers HEAD by the route of GET.
  const isHead = c.req.raw.method === 'HEAD';
  const asked = isHead || !rangeStillApplies(request, validators) ? undefined : request.get('Range');
  const whole: Part = { start: 0, end: facts.size - 1 };
  const range = asked ? partOf(asked, facts.size) : undefined;
  if (range === 'outside') {
    c.header('Content-Range', `bytes */${facts.size}`);
    return answerError(c, 416, 'Range Not Satisfiable');
  }
  const part = range ?? whole;
  const headers: Record<string, string> = {
    ...known,
    'Content-Type': 'application/zip',
    'Content-Disposition': `attachment; filename="${facts.filename}"`,
    'Content-Length': String(part.end - part.start + 1),
  };
  if (isHead) return c.body(null, 200, headers);
  if (!range) return { status: 200, headers, part };
  headers['Content-Range'] = `bytes ${part.start}-${part.end}/${facts.size}`;
  return { status: 206, headers, part };
}

/** undefined for what is no range, and for several apart: the whole is the answer then, as RFC 9110 allows. */
function partOf(asked: string, size: number): Part | 'outside' | undefined {
  const ranges = parseRange(size, asked, { combine: true });
  if (ranges === -1) return asked.trim().startsWith('bytes') ? 'outside' : undefined;
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return undefined;
  return ranges[0];
}

/** Closes the file at its end, and when the reader goes away. */
const streamOf = (file: FileHandle, part: Part): ReadableStream =>
  Readable.toWeb(file.createReadStream(part)) as ReadableStream;
