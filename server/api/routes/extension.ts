import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ServerDeps } from '../../deps.ts';
import type { ExtensionFiles } from '../../extension/extension-files.ts';
import { answerBytes, answerJson, answerText } from '../answer.ts';
import { ApiError } from '../api-error.ts';
import type { ExtensionFile, ExtensionManifest } from '../contract.ts';
import { notFound } from '../find.ts';
import { query } from '../parameters.ts';
import { NO_PARAMS, readRoute } from '../route.ts';
import { extensionManifest, recentFile } from '../schemas/extension.ts';

const SECONDS_UNTIL_MADE = 10;
const TEXT = 'text/plain; charset=utf-8';

const hash = (description: string) =>
  z
    .string()
    .regex(/^[\da-f]{64}$/)
    .openapi({ description, example: 'a'.repeat(64) });

/** The files that browser extensions download (docs/extension-files.md). */
export function addExtensionRoutes(app: OpenAPIHono, deps: ServerDeps): void {
  const { extensionFiles, collections, publicUrl } = deps;

  app.openapi(
    readRoute({
      path: '/extension',
      id: 'getExtensionManifest',
      tag: 'Extension',
      summary: 'Which files an extension needs today',
      description:
        'Extensions look up a visited site in files that everybody has, so that no request tells of it. Files are named by the SHA-256 of their bytes: whoever compares it knows that a file is whole, and the same as everybody’s.',
      params: NO_PARAMS,
      query: query({}),
      answer: extensionManifest,
    }),
    (c) => {
      const made = madeBy(extensionFiles).current();
      if (!made) throw notYet();
      const manifest: ExtensionManifest = {
        format: 1,
        name: collections.default()?.name ?? 'Clausewatch',
        website: publicUrl(c),
        epoch: made.epoch,
        sequence: made.sequence,
        newestRecord: made.newestRecord,
        index: named(made.index),
        services: named(made.services),
        recentSince: made.recentSince,
        recent: made.recent.map(named),
      };
      return answerJson(c, manifest);
    },
  );

  app.openapi(
    readRoute({
      path: '/extension/files/{sha256}',
      id: 'getExtensionFile',
      tag: 'Extension',
      summary: 'A file that the manifest names',
      description: 'Those of today, and former ones for a quarter of an hour. The bytes under a name never change.',
      params: z.object({ sha256: hash('Name of the file.') }),
      query: query({}),
      answer: recentFile,
      formats: { 'text/plain': 'Lines of the index or of services, sorted by bytes, fields separated by tabs.' },
    }),
    (c) => {
      const files = madeBy(extensionFiles);
      const file = files.file(c.req.valid('param').sha256);
      if (!file) throw files.current() ? notFound('There is no such file any more.', READ_MANIFEST) : notYet();
      return answerBytes(c, file);
    },
  );

  app.openapi(
    readRoute({
      path: '/extension/deltas/{from}/{to}',
      id: 'getExtensionDelta',
      tag: 'Extension',
      summary: 'What makes a former index, or file of services, the one of today',
      description:
        'Lines, each `-` and a first field (that line goes) or `+` and a line (it comes, or takes the place of the one with its first field), sorted by that field. 404 where the former file is not remembered, or the whole is hardly longer.',
      params: z.object({ from: hash('Name of the file that is there.'), to: hash('Name of the file that is wanted.') }),
      query: query({}),
      answer: z.string().openapi({ description: 'Not given: the answer is text.' }),
      formats: { 'text/plain': 'The lines.' },
    }),
    async (c) => {
      const { from, to } = c.req.valid('param');
      const files = madeBy(extensionFiles);
      const delta = await files.delta(from, to);
      if (delta === undefined) throw notFound('There is no delta between these files.', 'Download the whole file.');
      return answerText(c, delta, TEXT, { caching: 'immutable' });
    },
  );
}

const READ_MANIFEST = 'Read /api/extension again: it names those of today.';

const named = ({ sha256, bytes }: ExtensionFile): ExtensionFile => ({ sha256, bytes });

function madeBy(files: ExtensionFiles | undefined): ExtensionFiles {
  if (files) return files;
  throw new ApiError('index-unavailable', 'This server makes no files for extensions.', {
    next: 'Choose another server.',
    retryAfter: 3600,
  });
}

const notYet = (): ApiError =>
  new ApiError('index-unavailable', 'The files for extensions are being made.', {
    next: 'Ask again in a few seconds.',
    retryAfter: SECONDS_UNTIL_MADE,
  });
