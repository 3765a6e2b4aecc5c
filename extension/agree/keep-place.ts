import type { Chip } from './chip-view.ts';
import { choosePlace, type Rect } from './choose-place.ts';
import { openRoots } from './open-roots.ts';

/** Whatever somebody may want to click, write in, or read at a form. */
const CLICKABLE =
  'a[href],button,input:not([type=hidden]),select,textarea,label,summary,iframe,video,audio,[role=button],[role=link],[role=checkbox],[tabindex],[contenteditable],[onclick]';
const MOST_OBSTACLES = 1_000;
/** Layouts change without a word: a look at a few hundred boxes now and then is cheap. */
const EVERY = 500;

/**
 * Keeps a chip near its form and off everything that can be clicked; where there is no room, it is not shown until there is.
 *
 * @param gone the form is not there any more, or not seen
 * @returns ends it
 */
export function keepPlace(
  chip: Chip,
  form: Element,
  isShown: (element: Element) => boolean,
  gone: () => void,
): () => void {
  const document = form.ownerDocument;
  const view = document.defaultView;
  let frame: number | undefined;
  const place = (): void => {
    frame = undefined;
    if (!form.isConnected || !chip.host.isConnected || !isShown(form)) {
      gone();
      return;
    }
    const room = { width: document.documentElement.clientWidth, height: view?.innerHeight ?? 0 };
    const { width, height } = chip.box.getBoundingClientRect();
    const found = choosePlace({ width, height }, form.getBoundingClientRect(), obstacles(document, chip, room), room);
    chip.box.classList.toggle('away', !found);
    if (!found) return;
    // Around something that is transformed, fixed boxes do not start at the window's corner: what is left over is added.
    move(chip.box, found);
    const reached = chip.box.getBoundingClientRect();
    const [left, top] = [found.left - reached.left, found.top - reached.top];
    if (Math.abs(left) + Math.abs(top) > 1) move(chip.box, { left: found.left + left, top: found.top + top });
  };
  const soon = (): void => {
    frame ??= requestAnimationFrame(place);
  };
  const timer = setInterval(() => document.visibilityState === 'visible' && soon(), EVERY);
  const options = { passive: true, capture: true };
  for (const name of EVENTS) view?.addEventListener(name, soon, options);
  soon();
  return () => {
    clearInterval(timer);
    if (frame !== undefined) cancelAnimationFrame(frame);
    for (const name of EVENTS) view?.removeEventListener(name, soon, options);
  };
}

const EVENTS = ['scroll', 'resize', 'focusin', 'transitionend'];

function move({ style }: HTMLElement, { left, top }: { readonly left: number; readonly top: number }): void {
  style.left = `${left}px`;
  style.top = `${top}px`;
}

function obstacles(document: Document, chip: Chip, room: { readonly width: number; readonly height: number }): Rect[] {
  const found: Rect[] = [];
  for (const root of openRoots(document)) {
    for (const element of root.querySelectorAll(CLICKABLE)) {
      if (found.length >= MOST_OBSTACLES) return found;
      if (element === chip.host) continue;
      const rect = element.getBoundingClientRect();
      const isThere = rect.width > 0 && rect.height > 0 && rect.top < room.height && rect.top + rect.height > 0;
      // What is as large as the window (a frame around a whole application) is no control, and leaves no room at all.
      if (isThere && !(rect.width >= room.width * 0.9 && rect.height >= room.height * 0.9)) found.push(rect);
    }
  }
  return found;
}
