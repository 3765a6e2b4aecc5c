import type { Browser } from 'puppeteer';
import { watchMemory } from './browser-memory.ts';
import { createProfile, removeOrphanedProfiles, removeProfile } from './browser-profile.ts';
import { startProxy } from './proxy.ts';

/** A browser with all its processes and its temporary profile. */
export interface BrowserProcess {
  readonly browser: Browser;
  /** Aborted once the browser has gone, for whatever reason. */
  readonly gone: AbortSignal;
  /** We ended it ourselves: a crash is not what happened to the documents that were in it. */
  readonly wasKilled: boolean;
  /** Ends the whole process group at once, stopped processes included. */
  kill(): Promise<void>;
  /**
   * Kills a browser that does not answer within `patience` milliseconds. `stuck` for the one caller that had it killed:
   * whoever asks meanwhile or later, and hears `gone`, was harmed by what that one found.
   */
  killIfStuck(patience: number): Promise<'answers' | 'stuck' | 'gone'>;
  /** Asks the browser to end; kills it when it does not. */
  close(): Promise<void>;
}

export interface BrowserProcessOptions {
  readonly executable: string;
  readonly arguments: readonly string[];
  readonly isRoot: boolean;
  /** Milliseconds until a started browser must answer. */
  readonly startTimeout?: number | undefined;
}

const CLOSE_TIMEOUT = 3_000;
const START_TIMEOUT = 30_000;

/**
 * Nothing may leave the browser but through a document's own proxy: without `<-loopback>` Chromium connects to loopback
 * addresses itself, WebRTC and QUIC are UDP past every proxy, and names are resolved by the proxy alone.
 */
const networkArguments = [
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--disable-quic',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--dns-prefetch-disable',
  '--no-pings',
];

const quietArguments = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-domain-reliability',
  '--disable-breakpad',
  '--disable-crash-reporter',
  '--disable-gpu',
  '--deny-permission-prompts',
  '--block-new-web-contents',
  '--mute-audio',
  // Nobody looks at the documents. Measured over 20 scripted ones, twice: 5.7 instead of 7.6 processor seconds.
  '--disable-threaded-compositing',
  '--disable-software-rasterizer',
  '--num-raster-threads=1',
  '--disable-features=SpareRendererForSitePerProcess',
  // Memory of one document's scripts; beyond, its renderer ends and with it the document.
  '--js-flags=--max-old-space-size=1024',
];

/** Starts a browser that by itself can reach nothing: what a document may reach is given to its context. */
export async function startBrowser(options: BrowserProcessOptions): Promise<BrowserProcess> {
  const closedDoor = await startProxy(() => Promise.reject(new Error('only documents may connect')), {
    maxBytes: 0,
    idleTimeout: 1_000,
  });
  await removeOrphanedProfiles();
  const profile = await createProfile();
  const cleanUp = async (): Promise<void> => {
    closedDoor.close();
    await removeProfile(profile);
  };
  const { default: puppeteer } = await import('puppeteer');
  const tooSlow = new AbortController();
  const startTimer = setTimeout(() => tooSlow.abort(), options.startTimeout ?? START_TIMEOUT);
  let browser: Browser;
  try {
    browser = await puppeteer.launch({
      // Puppeteer's own limit does not hold for a browser that starts and then says nothing; this one kills it.
      signal: tooSlow.signal,
      executablePath: options.executable,
      userDataDir: profile,
      pipe: true,
      headless: true,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      protocolTimeout: 120_000,
      // Nothing of our environment is the browser's business.
      env: { HOME: profile, TMPDIR: profile, PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8' },
      args: [
        `--proxy-server=${closedDoor.origin}`,
        ...networkArguments,
        ...quietArguments,
        ...(options.isRoot ? ['--no-sandbox'] : []),
        ...options.arguments,
      ],
    });
  } catch (error) {
    await cleanUp();
    if (tooSlow.signal.aborted) throw new Error('it started, but did not answer in time', { cause: error });
    throw error;
  } finally {
    clearTimeout(startTimer);
  }
  const gone = new AbortController();
  browser.once('disconnected', () => gone.abort());
  let wasKilled = false;
  let ending: Promise<void> | undefined;
  let answering: Promise<boolean> | undefined;

  async function end(): Promise<void> {
    const child = browser.process();
    if (child?.pid !== undefined) {
      const exited = child.exitCode !== null || child.signalCode !== null;
      const exit = exited ? Promise.resolve() : new Promise<void>((resolve) => child.once('exit', () => resolve()));
      killGroup(child.pid);
      await exit;
    }
    gone.abort();
    await cleanUp();
  }
  const kill = (): Promise<void> => {
    wasKilled = true;
    ending ??= end();
    return ending;
  };
  const pid = browser.process()?.pid;
  const endWatch = pid === undefined ? () => {} : watchMemory(pid, () => void kill().catch(() => {}));
  gone.signal.addEventListener(
    'abort',
    () => {
      endWatch();
      ending ??= end();
      ending.catch(() => {});
    },
    { once: true },
  );

  return {
    browser,
    gone: gone.signal,
    get wasKilled() {
      return wasKilled;
    },
    kill,
    async killIfStuck(patience) {
      if (ending) return 'gone';
      if (answering) return (await answering) ? 'answers' : 'gone';
      // A question that Puppeteer does not answer from memory, as it does the version.
      answering = isDoneWithin(browser.cookies(), patience);
      const answers = await answering;
      answering = undefined;
      if (answers) return 'answers';
      await kill();
      return 'stuck';
    },
    async close() {
      await isDoneWithin(browser.close(), CLOSE_TIMEOUT);
      await kill();
    },
  };
}

/** Whether the call comes to an end, good or bad, within so many milliseconds. */
export async function isDoneWithin(call: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, milliseconds, false);
  });
  const done = call.then(
    () => true,
    () => true,
  );
  const isDone = await Promise.race([done, late]);
  clearTimeout(timer);
  return isDone;
}

/** Puppeteer starts the browser as leader of a group of its own, except on Windows. */
function killGroup(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}
