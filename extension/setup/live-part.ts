import { type Child, element } from '../views/element.ts';

/** Calls back after each change of something; what it returns ends it. */
export type Watch = (called: () => void) => () => void;

/**
 * A part of a page that is built anew whenever what it shows changed. What had the focus keeps it, by its id. Where it cannot
 * be built anew, the former stays.
 *
 * @returns once it was built for the first time
 */
export async function livePart(
  build: () => Promise<readonly Child[]>,
  watches: readonly Watch[],
): Promise<HTMLElement> {
  const part = element('div', { class: 'live' });
  let isBuilding = false;
  let isStale = false;
  const show = async (): Promise<void> => {
    isStale = true;
    if (isBuilding) return;
    isBuilding = true;
    try {
      while (isStale) {
        isStale = false;
        const children = await build();
        const focused = part.contains(document.activeElement) ? document.activeElement?.id : undefined;
        part.replaceChildren(...children.filter((child) => child !== undefined));
        if (focused) document.getElementById(focused)?.focus();
      }
    } finally {
      isBuilding = false;
    }
  };
  let wasThere = false;
  const changed = (): void => {
    wasThere ||= part.isConnected;
    // The page around it was built anew, in another language: there is another one in its place.
    if (wasThere && !part.isConnected) for (const end of ends) end();
    else void show();
  };
  const ends = watches.map((watch) => watch(changed));
  await show();
  return part;
}
