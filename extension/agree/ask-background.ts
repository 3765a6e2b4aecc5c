import { AGREE_END, type AgreeLine, type AgreeMessage, type AgreeNote } from './agree-messages.ts';

/** The few things that the script beside forms needs of its browser. */
interface Host {
  readonly runtime?: {
    readonly sendMessage: (message: AgreeMessage) => Promise<unknown>;
    readonly onMessage: { readonly addListener: (listener: (message: unknown) => void) => void };
  };
  readonly extension?: { readonly inIncognitoContext?: boolean };
}

/**
 * The browser itself: here alone without the polyfill, which is nearly as large as the whole script may be. Both browsers give
 * promises, `browser` in Firefox and `chrome` in Chromium.
 */
function host(): Host {
  const known = globalThis as { readonly browser?: Host; readonly chrome?: Host };
  return known.browser?.runtime ? known.browser : (known.chrome ?? {});
}

export const isPrivate = (): boolean => host().extension?.inIncognitoContext === true;

/** undefined where nobody answers: the extension was taken away or replaced while the site stayed open. */
export async function askBackground(message: AgreeMessage): Promise<unknown> {
  try {
    return await host().runtime?.sendMessage(message);
  } catch {
    return undefined;
  }
}

/** Calls back once it was turned off. */
export function onEnd(end: () => void): void {
  host().runtime?.onMessage.addListener((message) => {
    if (fieldsOf(message).kind === AGREE_END) end();
  });
}

/** What the background answers to a look; undefined for anything else. */
export function readNote(value: unknown): AgreeNote | undefined {
  const { language, title, lines, keep, kept, notKept, close } = fieldsOf(value);
  if (!isText(language) || !isText(title) || !isText(keep)) return undefined;
  if (!isText(kept) || !isText(notKept) || !isText(close)) return undefined;
  const read = (Array.isArray(lines) ? lines : []).map(readLine).filter((line) => line !== undefined);
  return read.length > 0 ? { language, title, lines: read, keep, kept, notKept, close } : undefined;
}

function readLine(value: unknown): AgreeLine | undefined {
  const { name, text, history, since } = fieldsOf(value);
  if (!isText(name) || !isText(text) || !isText(history)) return undefined;
  return { name, text, history, since: isText(since) ? since : undefined };
}

const isText = (value: unknown): value is string => typeof value === 'string';
const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
