import { setTimeout as sleep } from 'node:timers/promises';
import { FetchError } from './fetch-error.ts';
import { Places } from './places.ts';

export interface LaneSettings {
  readonly plainConcurrency: number;
  readonly browserConcurrency: number;
  /** Milliseconds between the end of one request to a host and the beginning of the next. */
  readonly hostPause: number;
  /** Milliseconds; a host that asks for more is not waited for. */
  readonly longestRetryAfter: number;
}

interface Lane {
  readonly turn: Places;
  /** On the clock of `performance.now()`. */
  freeAt: number;
  /** Until when the host itself asked to be left alone. */
  heldUntil: number;
}

/** Whose turn it is: one request at a time for a host with a pause between, and few enough over all hosts. */
export interface HostLanes {
  /**
   * Runs `work` when the host, then a place among all requests of its kind, is free: whoever waits for a host takes no
   * place from others. Keeps what `Retry-After` in its fault says.
   *
   * @throws FetchError `blocked` where the host asked for longer than is waited for; the reason of an abort.
   */
  visit<Result>(
    host: string,
    kind: 'plain' | 'browser',
    signal: AbortSignal | undefined,
    work: () => Promise<Result>,
  ): Promise<Result>;
}

export function createHostLanes(settings: LaneSettings): HostLanes {
  const lanes = new Map<string, Lane>();
  const places = { plain: new Places(settings.plainConcurrency), browser: new Places(settings.browserConcurrency) };

  return {
    async visit(host, kind, signal, work) {
      const lane = lanes.get(host) ?? { turn: new Places(1), freeAt: 0, heldUntil: 0 };
      lanes.set(host, lane);
      return lane.turn.take(signal, async () => {
        const held = lane.heldUntil - performance.now();
        if (held > settings.longestRetryAfter) {
          throw new FetchError('blocked', `${host} asked to be left alone for ${Math.ceil(held / 1000)} s more`, {
            retryAfter: Math.ceil(held / 1000),
          });
        }
        await pause(Math.max(lane.freeAt - performance.now(), held), signal);
        return places[kind].take(signal, async () => {
          try {
            return await work();
          } catch (error) {
            if (error instanceof FetchError && error.retryAfter !== undefined) {
              lane.heldUntil = performance.now() + error.retryAfter * 1000;
            }
            throw error;
          } finally {
            lane.freeAt = performance.now() + settings.hostPause;
          }
        });
      });
    },
  };
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  if (milliseconds <= 0) return;
  try {
    await sleep(milliseconds, undefined, signal ? { signal } : {});
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
