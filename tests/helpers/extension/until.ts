import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE = 20_000;

/**
 * As `expect.poll`, which Vitest has in tests alone, for what is waited for around them.
 *
 * @param look undefined: not yet
 * @throws Error where nothing came of it in time
 */
export async function until<Answer>(what: string, look: () => Promise<Answer | undefined>): Promise<Answer> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const answer = await look();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}`);
    await pause(50);
  }
}
