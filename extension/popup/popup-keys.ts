/** What keys do beside what the browser makes of them: Tab goes everywhere, Enter opens what has the focus. */
export interface KeyActions {
  /** @param focused what has the focus, within a document or not */
  readonly markRead: (focused: Element | null) => void;
  readonly undo: () => void;
}

/** Arrows go from document to document, `r` marks one as read, `u` takes that back. */
export function listenToKeys(page: Document, { markRead, undo }: KeyActions): void {
  page.body.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const done = actionOf(event.key);
    if (!done) return;
    event.preventDefault();
    done();
  });

  function actionOf(key: string): (() => void) | undefined {
    if (key === 'ArrowDown') return () => move(1);
    if (key === 'ArrowUp') return () => move(-1);
    if (key === 'r') return () => markRead(page.activeElement);
    return key === 'u' ? undo : undefined;
  }

  function move(step: 1 | -1): void {
    const stops = [...page.querySelectorAll<HTMLElement>('.stop')].filter(
      (stop) => stop.closest('details:not([open])') === null,
    );
    const focused = page.activeElement instanceof HTMLElement ? page.activeElement : null;
    const within = focused?.closest('.document')?.querySelector<HTMLElement>('.stop') ?? focused;
    const at = within ? stops.indexOf(within) : -1;
    const next = at < 0 ? (step > 0 ? 0 : stops.length - 1) : Math.min(stops.length - 1, Math.max(0, at + step));
    stops[next]?.focus();
    stops[next]?.closest('.document')?.scrollIntoView({ block: 'nearest' });
  }
}
