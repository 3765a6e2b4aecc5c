import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';
import { EXIT } from '../cli/exit-codes.ts';
import { abortOnSignals } from '../cli/interruption.ts';
import { resolveFromCaller } from '../cli/options.ts';
import { serveDemo } from './demo/served.ts';
import { openExtension } from './extension-pictures/extension-in-browser.ts';
import { startFictionalSites } from './extension-pictures/fictional-sites.ts';
import { writePicturedArchive } from './extension-pictures/pictured-archive.ts';
import { useForAMonth } from './extension-pictures/pictured-person.ts';
import { PICTURES } from './extension-pictures/pictures.ts';
import { type ExtensionLook, takePicture } from './extension-pictures/take-picture.ts';

const HELP = `Usage: npm run screenshots:extension -- [FOLDER] [--picture NAME]... [--fast | --readme]

Pictures of what people see of the extension, to be looked at: its popup, options, welcome page, and the note beside forms;
light and dark, in English and German, as PNG. Chromium shows it as it is built from the sources, with the files of a real
server over records of the demo's fictional services. No network is needed.

  FOLDER              where they are written (default: screenshots)
  --picture NAME      only those whose name begins so, such as popup; may be repeated
  --fast              only light and English, dark and German
  --readme            the README's pictures alone, into docs/pictures
`;

const FEW_LOOKS: readonly ExtensionLook[] = [
  { scheme: 'light', language: 'en' },
  { scheme: 'dark', language: 'de' },
];
const EVERY_LOOK: readonly ExtensionLook[] = (['light', 'dark'] as const).flatMap((scheme) =>
  (['en', 'de'] as const).map((language) => ({ scheme, language })),
);

/** What the README shows, at which of its widths, and as what. */
const README = [
  { name: 'popup-changed', width: 'own', file: 'extension-popup' },
  { name: 'chip', width: 800, file: 'extension-note' },
] as const;

const { values, positionals } = readOptions();
if (values.help) {
  process.stdout.write(HELP);
  process.exit(EXIT.ok);
}
if (positionals.length > 1) refuse(`one folder, not ${positionals.length}`);
if (values.readme && (values.picture ?? positionals[0]) !== undefined) {
  refuse('--readme is into docs/pictures: without a folder and --picture');
}
const chosen = values.readme ? README.map(({ name }) => name) : (values.picture ?? ['']);
const pictures = PICTURES.filter(({ name }) => chosen.some((beginning) => name.startsWith(beginning)));
if (pictures.length === 0) {
  refuse(`no picture is called ${chosen.join(', ')}. There are: ${PICTURES.map(({ name }) => name).join(', ')}`);
}

const folder = values.readme
  ? fileURLToPath(new URL('../docs/pictures/', import.meta.url))
  : resolveFromCaller(positionals[0] ?? 'screenshots');
const { signal } = abortOnSignals(EXIT.interrupted);
const bar = new SingleBar(
  { stream: process.stderr, format: 'Taking pictures {bar} {value}/{total} {name}' },
  Presets.rect,
);
const directory = await mkdtemp(join(tmpdir(), 'clausewatch-extension-pictures-'));
const ends: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })];
try {
  const faults = await takeAll();
  process.stdout.write(`${pictures.map(({ name }) => name).join(', ')} are pictured in ${folder}\n`);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.exitCode = faults.length > 0 ? EXIT.failed : EXIT.ok;
} catch (error) {
  if (signal.aborted) process.exitCode = EXIT.interrupted;
  else {
    process.stderr.write(`extension-pictures: ${(error as Error).stack}\n`);
    process.exitCode = EXIT.failed;
  }
} finally {
  bar.stop();
  for (const end of ends.toReversed()) await end();
}

/** @returns what is wrong with them. */
async function takeAll(): Promise<string[]> {
  const now = new Date();
  const looks = values.readme ? FEW_LOOKS.slice(0, 1) : values.fast ? FEW_LOOKS : EVERY_LOOK;
  await mkdir(folder, { recursive: true });
  await writePicturedArchive(join(directory, 'harbour'), now);
  const server = await serveDemo({
    directory: join(directory, 'harbour'),
    data: join(directory, 'harbour/data'),
    port: '0',
  });
  ends.push(() => server.close());
  const sites = await startFictionalSites();
  ends.push(() => sites.close());
  const extension = await openExtension(join(directory, 'build'), sites.port, values.readme ? 2 : 1);
  ends.push(() => extension.close());
  const usual = await useForAMonth(extension, server.address.replace(/\/$/, ''), now);
  const faults: string[] = [];
  bar.start(pictures.length * looks.length, 0, { name: '' });
  for (const look of looks) {
    for (const picture of pictures) {
      signal.throwIfAborted();
      bar.increment({ name: picture.name });
      const wanted = values.readme ? README.find(({ name }) => name === picture.name) : undefined;
      const shown = wanted ? { ...picture, widths: [wanted.width] } : picture;
      faults.push(...(await takePicture(shown, look, { extension, usual, now, folder, file: wanted?.file })));
    }
  }
  return faults;
}

function refuse(message: string): never {
  process.stderr.write(`extension-pictures: ${message}.\n\n${HELP}`);
  process.exit(EXIT.usage);
}

function readOptions() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        picture: { type: 'string', multiple: true },
        fast: { type: 'boolean', default: false },
        readme: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    return refuse((error as Error).message);
  }
}
