import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zip } from 'wxt';

/** Bytes as they are, and each file compressed by gzip. */
export interface Size {
  readonly bytes: number;
  readonly compressed: number;
}

/** Of what a browser reads for each part of the built extension; of the zip. */
export interface BuiltSizes {
  readonly background: Size;
  readonly popup: Size;
  /** undefined: there is none in this build. */
  readonly agree: Size | undefined;
  readonly zip: Size;
}

/** Builds the extension into a folder. @throws Error where it cannot be built */
export async function builtSizes(browser: 'chrome' | 'firefox', outDir: string): Promise<BuiltSizes> {
  const [archive = ''] = await zip({
    ...{ configFile: 'extension/wxt.config.ts', browser, manifestVersion: 3, outDir, logger: SILENT },
    zip: { zipSources: false },
  });
  const directory = join(outDir, `${browser}-mv3`);
  const { size } = await stat(archive);
  const agree = join(directory, 'agree-moment.js');
  const { background } = JSON.parse(await readFile(join(directory, 'manifest.json'), 'utf8'));
  return {
    background: await sizeOf(directory, [background.service_worker ?? background.scripts[0]]),
    popup: await sizeOf(directory, ['popup.html']),
    agree: existsSync(agree) ? await sizeOf(directory, ['agree-moment.js']) : undefined,
    zip: { bytes: size, compressed: size },
  };
}

/** These files of a built extension and all that they load at once. */
export async function sizeOf(directory: string, names: readonly string[]): Promise<Size> {
  const wanted = [...names];
  const seen = new Set<string>();
  let bytes = 0;
  let compressed = 0;
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const text = await readFile(join(directory, name), 'utf8');
    bytes += Buffer.byteLength(text);
    compressed += gzipSync(text).length;
    for (const loaded of loadedBy(name, text)) wanted.push(loaded);
  }
  return { bytes, compressed };
}

/** Scripts, preloads and styles of a document; static imports of a script. */
function loadedBy(name: string, text: string): readonly string[] {
  const pattern = name.endsWith('.html')
    ? /(?:src|href)="\/([^"]+\.(?:js|css))"/g
    : /(?:\bimport|\bfrom)\s*["'](\.{0,2}\/[^"']+\.js)["']/g;
  if (name.endsWith('.css')) return [];
  return [...text.matchAll(pattern)].map(([, path = '']) =>
    path.startsWith('.') ? join(dirname(name), path) : path.replace(/^\//, ''),
  );
}

const nothing = () => undefined;
export const SILENT = {
  debug: nothing,
  log: nothing,
  info: nothing,
  warn: nothing,
  error: console.error,
  fatal: console.error,
  success: nothing,
  level: 0,
};
