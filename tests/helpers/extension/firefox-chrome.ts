import type { Browser } from 'puppeteer';

/** Functions that run in Firefox's own windows, where the toolbar and its questions are: no page can reach these. */
export interface FirefoxChrome {
  /**
   * @param called complete by itself: it is sent as text
   * @param given and what comes back: JSON
   */
  call<Given extends readonly unknown[], Answer>(
    called: (...given: Given) => Answer | Promise<Answer>,
    ...given: Given
  ): Promise<Answer>;
  /** A BiDi command that Puppeteer has no name for. */
  send<Answer>(command: string, params: object): Promise<Answer>;
}

interface Connection {
  send(command: string, params: object): Promise<{ readonly result: unknown }>;
}

interface Context {
  readonly context: string;
  readonly url: string;
}

interface Called {
  readonly type: 'success' | 'exception';
  readonly result?: { readonly value?: string };
  readonly exceptionDetails?: { readonly text: string };
}

/** Of a Firefox started with `--remote-allow-system-access`. */
export async function openFirefoxChrome(browser: Browser): Promise<FirefoxChrome> {
  // Puppeteer has it, but says so to nobody.
  const { connection } = browser as unknown as { readonly connection: Connection };
  const send = async <Answer>(command: string, params: object): Promise<Answer> =>
    (await connection.send(command, params)).result as Answer;
  const { contexts } = await send<{ contexts: readonly Context[] }>('browsingContext.getTree', {
    'moz:scope': 'chrome',
  });
  const window = contexts.find(({ url }) => url === 'chrome://browser/content/browser.xhtml');
  if (!window) throw new Error('Firefox has no window');

  return {
    send,
    async call<Given extends readonly unknown[], Answer>(
      called: (...given: Given) => Answer | Promise<Answer>,
      ...given: Given
    ): Promise<Answer> {
      const answer = await send<Called>('script.callFunction', {
        functionDeclaration: `async (given) => JSON.stringify(await (${called})(...JSON.parse(given)))`,
        arguments: [{ type: 'string', value: JSON.stringify(given) }],
        target: { context: window.context },
        awaitPromise: true,
      });
      if (answer.type === 'exception') throw new Error(`In Firefox: ${answer.exceptionDetails?.text}`);
      const json = answer.result?.value;
      return (json === undefined ? undefined : JSON.parse(json)) as Answer;
    },
  };
}
