import { fakeBrowser } from 'wxt/testing/fake-browser';

/** The browser's permissions, which WXT's fake browser lacks. */
export interface MadePermissions {
  readonly granted: Set<string>;
  /** What somebody answers who is asked. */
  answer: boolean;
  /** What was asked for. */
  readonly asked: string[];
}

interface Asked {
  readonly permissions?: readonly string[];
  readonly origins?: readonly string[];
}

const namesOf = ({ permissions = [], origins = [] }: Asked): readonly string[] => [...permissions, ...origins];

/** For one test: nothing is granted at its beginning. */
export function makePermissions(): MadePermissions {
  const made: MadePermissions = { granted: new Set(), answer: true, asked: [] };
  const listeners = new Set<() => void>();
  const event = {
    addListener: (listener: () => void) => listeners.add(listener),
    removeListener: (listener: () => void) => listeners.delete(listener),
  };
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  Object.assign(fakeBrowser, {
    permissions: {
      contains: async (asked: Asked) => namesOf(asked).every((name) => made.granted.has(name)),
      request: async (asked: Asked) => {
        made.asked.push(...namesOf(asked));
        if (!made.answer) return false;
        for (const name of namesOf(asked)) made.granted.add(name);
        changed();
        return true;
      },
      remove: async (asked: Asked) => {
        for (const name of namesOf(asked)) made.granted.delete(name);
        changed();
        return true;
      },
      onAdded: event,
      onRemoved: event,
    },
  });
  return made;
}
