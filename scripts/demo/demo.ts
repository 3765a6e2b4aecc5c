import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs, styleText } from 'node:util';
import { EXIT } from '../../cli/exit-codes.ts';
import { abortOnSignals, InterruptedError } from '../../cli/interruption.ts';
import { loadCollection } from '../../cli/load-collection.ts';
import { resolveFromCaller } from '../../cli/options.ts';
import { redlineAsText } from '../../cli/redline-text.ts';
import { describeRun } from '../../cli/report.ts';
import { createRunProgress } from '../../cli/run-progress.ts';
import { openTracker } from '../../cli/tracker.ts';
import type { RunReport } from '../../crawler/run.ts';
import { createAddresses } from '../../server/pages/addresses.ts';
import { writeDemoCollection } from './collection.ts';
import { BUILT, buildExtension, describeLoading, hasDisplay } from './extension.ts';
import type { ExtensionBrowser } from './extension-browser.ts';
import { type DemoServer, serveDemo } from './served.ts';
import { startDemoWeb } from './web.ts';

const HELP = `Usage: npm run demo -- [--once] [--port NUMBER] [--serve-port NUMBER] [--pause SECONDS] [--data DIR]
                         [--browser]

A small web of fictional services on this machine, tracked by the real crawler into a real archive, which the real
server serves, and the browser extension that says so on their sites. No network is needed.

  --browser         opens Chromium with the extension, which knows the server, and with the services' sites
  --once            one round with one change, then exit
  --port NUMBER     first port of the demo's services (default: free ones)
  --serve-port N    port of the server (default: a free one)
  --pause SECONDS   between two changes (default: 30)
  --data DIR        keep the records there (default: a temporary folder, removed at the end)
`;

const values = readOptions();
if (values.help) {
  process.stdout.write(HELP);
  process.exit(EXIT.ok);
}
const port = values.port === undefined ? undefined : Number(values.port);
const pause = Number(values.pause);
if ((port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536)) || !(pause >= 0)) {
  process.stderr.write(`demo: --port takes a port number and --pause a number of seconds.\n\n${HELP}`);
  process.exit(EXIT.usage);
}

const bold = (text: string): string => styleText('bold', text);
const say = (text = ''): boolean => process.stdout.write(`${text}\n`);
const { signal } = abortOnSignals(EXIT.interrupted);
const warned = new Set<string>();
const warnOnce = (message: string): void => {
  if (!warned.has(message)) process.stderr.write(`warning: ${message}\n`);
  warned.add(message);
};
const directory = await mkdtemp(join(tmpdir(), 'clausewatch-demo-'));
const data = values.data === undefined ? join(directory, 'data') : resolveFromCaller(values.data);
// Its services are on this machine: nobody has to be spared.
process.env.CLAUSEWATCH_HOST_PAUSE ??= '0';
process.env.CLAUSEWATCH_SECOND_FETCH_WAIT ??= '200';
const web = await startDemoWeb(port === undefined ? {} : { port });
let server: DemoServer | undefined;
let extensionBrowser: ExtensionBrowser | undefined;
const isHeadless = process.env.CLAUSEWATCH_DEMO_HEADLESS === 'true';
const opensBrowser = values.browser && (isHeadless || hasDisplay());
const isQuick = values.once && !values.browser;
// Meanwhile the first run goes on.
const building = isQuick ? undefined : buildExtension(opensBrowser ? ['chrome'] : ['chrome', 'firefox'], signal);
building?.catch(() => undefined);
try {
  await writeDemoCollection(directory, web);
  say(bold('Four fictional services are published on this machine:'));
  for (const { name, origin } of web.services) say(`  ${name.padEnd(24)} ${origin}`);
  say();
  say(bold('First run: every document is fetched, recorded as a snapshot, and extracted as a version.'));
  await track();
  say();
  say(
    `One failure is there on purpose. The records are ordinary git repositories; look at them${values.data ? '' : ' while the demo runs, or keep them with --data DIR'}:`,
  );
  say(`  git -C ${join(data, 'versions')} log --stat`);
  say(`  npm run -s clausewatch -- status --collection ${directory} --data ${data}`);
  server = await serveDemo({ directory, data, port: values['serve-port'] });
  say('The website has them too, and notices new ones by itself; open it:');
  say(`  ${bold(server.address.padEnd(48))} the website`);
  say(`  ${`${server.address}api/docs`.padEnd(48)} the API, for people`);
  say(`  ${`${server.address}api/search?q=courts`.padEnd(48)} search in all versions`);
  say(`  ${`${server.address}feeds/atom`.padEnd(48)} what changed, for a feed reader`);
  say();
  await showExtension(server);
  for (let step = 0; !signal.aborted; step++) {
    if (step > 0 && (values.once || step >= web.steps)) break;
    if (!values.once) {
      say();
      say(`The next change comes in ${pause} seconds (Ctrl-C ends the demo) …`);
      await delay(pause * 1000, undefined, { signal });
    }
    say();
    say(bold(`A service publishes a change: ${web.publish(step)}`));
    await refreshExtension(step, await track());
  }
  say();
  if (values.once) {
    say('That was one round. npm run demo goes on with a change every half minute, and you can look at the website;');
    say('npm run demo -- --browser also shows the extension at work.');
  } else {
    signal.throwIfAborted();
    say(`No more changes. The website stays at ${bold(server.address)} until Ctrl-C ends the demo.`);
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
  }
} catch (error) {
  if (!signal.aborted && !(error instanceof InterruptedError)) throw error;
  say('\nThe demo was ended.');
} finally {
  await extensionBrowser?.close();
  await server?.close();
  await web.close();
  await rm(directory, { recursive: true, force: true });
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        once: { type: 'boolean', default: false },
        port: { type: 'string' },
        'serve-port': { type: 'string', default: '0' },
        pause: { type: 'string', default: '30' },
        data: { type: 'string' },
        browser: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    process.stderr.write(`demo: ${(error as Error).message}\n\n${HELP}`);
    process.exit(EXIT.usage);
  }
}

/** Opens a browser with it, or says how to load it by hand. A demo without it goes on. */
async function showExtension({ address }: DemoServer): Promise<void> {
  if (!building) return;
  if (values.browser && !opensBrowser) {
    say(
      'There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no browser can be opened. Run this on a',
    );
    say('computer with a screen, or load the extension into a browser by hand, as follows.');
    say();
  }
  try {
    await building;
    if (!opensBrowser) {
      say(describeLoading(address, web.services));
      return;
    }
    const { openExtensionBrowser } = await import('./extension-browser.ts');
    const { services } = web;
    extensionBrowser = await openExtensionBrowser({
      ...{ folder: BUILT.chrome, server: address, services, headless: isHeadless, signal },
    });
    say(bold(`Chromium is open with the extension, which reads from this demo's server. Its tabs:`));
    for (const { name, domain } of services) say(`  ${name.padEnd(24)} http://${domain}/`);
    say(
      'Its icon stands in the toolbar. It gets a dot where terms changed; click it to see what changed, word by word.',
    );
  } catch (error) {
    signal.throwIfAborted();
    process.stderr.write(`warning: ${(error as Error).message}\nThe demo goes on without the extension.\n`);
  }
}

/** Lets the extension learn at once what it would within six hours, and says what it shows. */
async function refreshExtension(step: number, alerts: readonly string[]): Promise<void> {
  if (!extensionBrowser || !server) return;
  if (!extensionBrowser.isOpen()) {
    say('The browser was closed; the demo goes on without it.');
    await extensionBrowser.close();
    extensionBrowser = undefined;
    return;
  }
  const service = web.serviceOf(step);
  try {
    for (const id of alerts) await server.tellsExtensions(id, signal);
    const isMarked = await extensionBrowser.refresh(service);
    const site = `http://${service?.domain}/`;
    if (alerts.length > 0 && !isMarked) throw new Error(`The extension should mark ${site} and does not.`);
    say();
    say(
      bold(alerts.length > 0 ? `The icon says so on ${site} now: click it there.` : 'The extension is silent on this.'),
    );
  } catch (error) {
    signal.throwIfAborted();
    process.stderr.write(`warning: ${(error as Error).message}\n`);
  }
}

/** One run, its summary, and the redline of each version that it changed. @returns ids of those to be told of */
async function track(): Promise<readonly string[]> {
  const alerts: string[] = [];
  const collection = await loadCollection(directory, { data, allowAddress: web.addresses });
  const tracker = await openTracker(collection, {
    lock: 'demo',
    dryRun: false,
    signal,
    warn: warnOnce,
  });
  const progress = createRunProgress();
  try {
    const before = new Map<string, string>();
    const nameOf = (serviceId: string, termsType: string): string => `${serviceId} · ${termsType}`;
    for (const { terms } of collection.services) {
      for (const { serviceId, type } of terms) {
        const text = await tracker.latestText(serviceId, type);
        if (text !== undefined) before.set(nameOf(serviceId, type), text);
      }
    }
    const report: RunReport = await tracker.run({ kind: 'track', services: collection.services, listener: progress });
    progress.stop();
    process.stdout.write(describeRun(report, process.stdout));
    for (const { serviceId, termsType, versionId } of report.outcomes) {
      const old = before.get(nameOf(serviceId, termsType));
      if (!versionId || old === undefined) continue;
      say();
      say(bold(`${nameOf(serviceId, termsType)}, what changed:`));
      say(redlineAsText(old, (await tracker.latestText(serviceId, termsType)) ?? '', process.stdout));
      if (!server) continue;
      const { redline, previousId, analysis, collection: id } = await server.change(versionId, signal);
      if (analysis?.alert) alerts.push(versionId);
      if (!redline || previousId === null) continue;
      const terms = { collection: id, serviceId, termsType };
      const page = createAddresses('', 'en').redline({ ...terms, id: previousId }, { ...terms, id: versionId });
      say(`The same on the website: ${new URL(page, server.address).href}`);
      say(`The same by the API: ${new URL(redline, server.address).href}`);
    }
    return alerts;
  } finally {
    progress.stop();
    await tracker.close();
  }
}
