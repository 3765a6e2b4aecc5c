import { statSync } from 'node:fs';
import { openLedger, type ReadOnlyLedger } from './ledger.ts';

/** A ledger that may not be there yet, and may be replaced by a restored one. */
export interface LateLedger {
  /** undefined: there is none, or it cannot be read. Ask anew each time: a replaced one is closed. */
  current(): ReadOnlyLedger | undefined;
  close(): void;
}

/** Milliseconds between two looks at the file. A run's checks come through the open connection at once. */
const LOOK_AGAIN = 1_000;

/**
 * @param onProblem told once for each way in which the file cannot be read, such as one of an older schema.
 */
export function openLateLedger(
  file: string,
  { onProblem, now = Date.now }: { readonly onProblem: (error: unknown) => void; readonly now?: () => number },
): LateLedger {
  let open: { readonly ledger: ReadOnlyLedger; readonly identity: string } | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let told: string | undefined;

  function close(): void {
    open?.ledger.close();
    open = undefined;
  }

  function look(): void {
    const facts = statSync(file, { throwIfNoEntry: false });
    const identity = facts && `${facts.dev} ${facts.ino}`;
    if (identity === open?.identity) return;
    close();
    if (!identity) return;
    try {
      open = { ledger: openLedger(file, { readOnly: true }), identity };
      told = undefined;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== told) onProblem(error);
      told = message;
    }
  }

  return {
    current() {
      if (now() - lookedAt >= LOOK_AGAIN) {
        lookedAt = now();
        look();
      }
      return open?.ledger;
    },
    close,
  };
}
