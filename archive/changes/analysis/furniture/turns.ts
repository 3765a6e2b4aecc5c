import type { DocumentMemory, RememberedChange } from '../documents/document-memory.ts';

/** In how many of the changes remembered something took part. */
export interface Turns {
  touched(key: string): number;
  counters(form: string): number;
  places(place: string): number;
}

/** Questions from which on a count of everything is made: most changes touch two or three blocks. */
const FEW = 12;

let latest:
  | { readonly memory: DocumentMemory; readonly last: RememberedChange | undefined; readonly turns: Turns }
  | undefined;

/** Counts over what is remembered of a document. Kept until another document is asked for, or this one remembers more. */
export function turnsOf(memory: DocumentMemory): Turns {
  const { changes } = memory;
  const last = changes.at(-1);
  if (latest?.memory !== memory || latest.last !== last) {
    latest = {
      memory,
      last,
      turns: {
        touched: counting(changes, 'touched'),
        counters: counting(changes, 'counters'),
        places: counting(changes, 'places'),
      },
    };
  }
  return latest.turns;
}

function counting(changes: readonly RememberedChange[], what: keyof Turns): (name: string) => number {
  let asked = 0;
  let counts: Map<string, number> | undefined;
  return (name) => {
    if (!counts && asked++ < FEW) {
      let times = 0;
      for (const change of changes) if (change[what].includes(name)) times++;
      return times;
    }
    counts ??= countAll(changes, what);
    return counts.get(name) ?? 0;
  };
}

function countAll(changes: readonly RememberedChange[], what: keyof Turns): Map<string, number> {
  const counts = new Map<string, number>();
  for (const change of changes) for (const name of change[what]) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
