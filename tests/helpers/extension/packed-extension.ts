import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { fromBufferPromise } from 'yauzl';

const run = promisify(execFile);

/**
 * Packs the extension from the sources as they are now, for both browsers, in a folder of its own.
 *
 * @param directory the zips come here, and what they were made of in `chrome-mv3` and `firefox-mv3`
 * @throws Error with what WXT wrote
 */
export async function packExtension(root: string, directory: string): Promise<void> {
  const script = fileURLToPath(new URL('pack-for-tests.ts', import.meta.url));
  await run(process.execPath, [script, directory], { cwd: root, env: environmentOfBuilds() });
}

/** Packs by the command that people use. @throws Error with what WXT wrote */
export async function packByCommand(root: string): Promise<void> {
  // Without what precedes it: the dependencies are there, and others' are not to be changed.
  await run('npm', ['run', '--ignore-scripts', 'zip:extension'], { cwd: root, env: environmentOfBuilds() });
}

/** Vitest says in it that this is no production, and WXT would build otherwise. */
function environmentOfBuilds(): NodeJS.ProcessEnv {
  const { NODE_ENV: _, VITEST: __, ...environment } = process.env;
  return environment;
}

/** The files of a zip by name, in its order. */
export async function filesOfZip(zip: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const archive = await fromBufferPromise(zip);
  for await (const entry of archive.eachEntry()) {
    files.set(entry.fileName, await buffer(await archive.openReadStreamPromise(entry)));
  }
  return files;
}

/** Writes them below a folder. */
export async function writeFiles(directory: string, files: ReadonlyMap<string, Buffer>): Promise<void> {
  for (const [name, content] of files) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), content);
  }
}
