import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';
import { EXIT } from '../cli/exit-codes.ts';
import { abortOnSignals } from '../cli/interruption.ts';
import { resolveFromCaller } from '../cli/options.ts';
import { serveDemoWithPast } from './screenshots/demo-with-past.ts';
import { findPages } from './screenshots/pages-to-picture.ts';
import { findReadmePages } from './screenshots/readme-pages.ts';
import { type Look, takePictures } from './screenshots/take-pictures.ts';

const HELP = `Usage: npm run screenshots -- [FOLDER] [--server ADDRESS] [--page NAME]... [--fast | --readme] [--longest PIXELS]

Pictures of each kind of page of the website, to be looked at: 360 and 1280 pixels wide, light and dark, in English and
German, as PNG; those made for paper also as PDF. Without --server, of the demo's fictional services, tracked as if over
more than a year. No network is needed.

  FOLDER              where they are written (default: screenshots)
  --server ADDRESS    of a running server, such as http://127.0.0.1:3000/
  --page NAME         only pages whose name begins so, such as redline; may be repeated
  --readme            the README's pictures alone, of the demo, into docs/pictures
  --fast              only wide and light, narrow and dark
  --longest PIXELS    most of a page that a picture shows (default: 4000)
`;

const NARROW = 360;
const WIDE = 1280;
const EVERY_LOOK: readonly Look[] = [WIDE, NARROW].flatMap((width) =>
  (['light', 'dark'] as const).flatMap((scheme) =>
    (['en', 'de'] as const).map((language) => ({ width, scheme, language })),
  ),
);
const FEW_LOOKS: readonly Look[] = [
  { width: WIDE, scheme: 'light', language: 'en' },
  { width: NARROW, scheme: 'dark', language: 'de' },
];

const { values, positionals } = readOptions();
if (values.help) {
  process.stdout.write(HELP);
  process.exit(EXIT.ok);
}
const longest = Number(values.longest);
if (values.readme && (values.server ?? values.page ?? positionals[0]) !== undefined) {
  refuse('--readme is of the demo, into docs/pictures: without a folder, --server and --page');
}
if (positionals.length > 1) refuse(`one folder, not ${positionals.length}`);
if (!(Number.isInteger(longest) && longest > 0)) refuse('--longest takes a number of pixels');
if (values.server !== undefined && !/^https?:$/.test(URL.parse(values.server)?.protocol ?? '')) {
  refuse(`--server takes an address such as http://127.0.0.1:3000/, not ${values.server}`);
}

const folder = values.readme
  ? fileURLToPath(new URL('../docs/pictures/', import.meta.url))
  : resolveFromCaller(positionals[0] ?? 'screenshots');
const { signal } = abortOnSignals(EXIT.interrupted);
const bar = new SingleBar({ stream: process.stderr, format: '{what} {bar} {value}/{total} {name}' }, Presets.rect);
const show = (what: string) => (done: number, total: number, name: string) => {
  if (done === 0) bar.start(total, 0, { what, name });
  else bar.update(done, { what, name });
  if (done === total) bar.stop();
};

let demo: { address: string; close(): Promise<void> } | undefined;
try {
  const tracking = show('Tracking the demo');
  if (values.server === undefined) {
    demo = await serveDemoWithPast({ signal, progress: (done, total) => tracking(done, total, '') });
  }
  const server = new URL(demo?.address ?? `${values.server?.replace(/\/$/, '')}/`);
  const faults = values.readme ? await takeReadmePictures(server) : await takeChosen(server);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.exitCode = faults.length > 0 ? EXIT.failed : EXIT.ok;
} catch (error) {
  bar.stop();
  if (signal.aborted) process.exitCode = EXIT.interrupted;
  else {
    process.stderr.write(`screenshots: ${(error as Error).message}\n`);
    process.exitCode = EXIT.failed;
  }
} finally {
  await demo?.close();
}

/** @returns what is wrong with pages. */
async function takeChosen(server: URL): Promise<string[]> {
  const all = await findPages(server.href, signal);
  const chosen = values.page ?? [''];
  const pages = all.filter(({ name }) => chosen.some((beginning) => name.startsWith(beginning)));
  if (pages.length === 0) {
    throw new Error(`no page is called ${chosen.join(', ')}. There are: ${all.map(({ name }) => name).join(', ')}`);
  }
  const looks = values.fast ? FEW_LOOKS : EVERY_LOOK;
  const progress = show('Taking pictures');
  const faults = await takePictures({ origin: server.origin, folder, pages, looks, longest, signal, progress });
  process.stdout.write(`${pages.length} pages are pictured in ${folder}\n`);
  return faults;
}

async function takeReadmePictures(server: URL): Promise<string[]> {
  const pages = await findReadmePages(server.href, signal);
  const faults: string[] = [];
  for (const { look, height: longest, from, ...page } of pages) {
    const options = { origin: server.origin, folder, pages: [page], looks: [look], longest, from, signal };
    faults.push(...(await takePictures({ ...options, isPlainlyNamed: true, progress: () => {} })));
  }
  process.stdout.write(`${pages.map(({ name }) => `${name}.png`).join(', ')} are in ${folder}\n`);
  return faults;
}

function refuse(message: string): never {
  process.stderr.write(`screenshots: ${message}.\n\n${HELP}`);
  process.exit(EXIT.usage);
}

function readOptions() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        server: { type: 'string' },
        page: { type: 'string', multiple: true },
        fast: { type: 'boolean', default: false },
        readme: { type: 'boolean', default: false },
        longest: { type: 'string', default: '4000' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    return refuse((error as Error).message);
  }
}
