import { ask } from '../background/messages.ts';
import type { WordsKey } from '../words/messages.ts';

/** Has the background read what the server has now. @returns what to say of it; undefined: nothing came of it */
export async function refreshNow(): Promise<WordsKey | undefined> {
  const outcome = await ask('refresh', {});
  if (outcome === undefined || outcome.kind === 'left') return undefined;
  return outcome.kind === 'failed' ? `server_fault_${outcome.reason}` : `refresh_${outcome.kind}`;
}
