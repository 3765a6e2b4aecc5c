/**
 * Draws anew what a page shows, for a reader who notices nothing but what changed: what was unfolded, how far it was
 * scrolled and what had the focus stay.
 *
 * @param draw replaces what is in `content`
 */
export function keepPlace(page: Document, content: HTMLElement, draw: () => void): void {
  const former = [...content.childNodes];
  const stop = stopOf(page.activeElement);
  const hadFocus = content.contains(page.activeElement);
  const scrolled = content.querySelector('main')?.scrollTop ?? 0;
  const unfolded = [...content.querySelectorAll('details')];
  const redlines = redlinesByStop(content);
  draw();
  unfold(unfolded, content);
  for (const [id, redline] of redlinesByStop(content)) {
    const before = redlines.get(id);
    // The button that shows all of a redline is gone where it was pressed.
    if (before && !before.querySelector(MORE)) redline.querySelector<HTMLElement>(MORE)?.click();
  }
  const main = content.querySelector('main');
  if (main) main.scrollTop = scrolled;
  if (!hadFocus || former.length === 0) return;
  const same = [...content.querySelectorAll<HTMLElement>('[data-stop]')].find((one) => one.dataset.stop === stop);
  same?.focus({ preventScroll: true });
}

const MORE = ':scope > button.more';

/** Which document something belongs to. */
const stopOf = (within: Element | null): string | undefined =>
  within?.closest('.document')?.querySelector<HTMLElement>('[data-stop]')?.dataset.stop;

/** Of each document the redline that it shows first. */
function redlinesByStop(content: HTMLElement): ReadonlyMap<string | undefined, Element> {
  const redlines = [...content.querySelectorAll('.change > .redline')];
  return new Map(redlines.map((redline) => [stopOf(redline), redline]));
}

/** What is inside of a part is built when it is first unfolded, so they are taken in their order and looked for anew. */
function unfold(former: readonly HTMLDetailsElement[], content: HTMLElement): void {
  for (const [place, before] of former.entries()) {
    const now = content.querySelectorAll('details')[place];
    if (!now) return;
    now.open = before.open;
    if (before.childElementCount > 1) now.dispatchEvent(new Event('toggle'));
  }
}
