import { openRoots } from './open-roots.ts';

/** A site that draws its form in several steps is looked at once. */
const SETTLED_AFTER = 300;
/** Between looks; a site that never stands still is looked at ever less often. */
const PAUSES = [500, 1_000, 2_000, 5_000, 10_000];
const LOOKS_PER_PAUSE = 10;

/**
 * Calls `look` now and whenever forms may have come: after elements came, and when somebody goes into a field (a form that
 * was there but hidden). Listens passively; nothing that somebody does is held up.
 *
 * @returns ends it
 */
export function watchForms(document: Document, look: () => void): () => void {
  const watched = new WeakSet<Node>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastLook = 0;
  let looks = 0;
  const observer = new MutationObserver(() => soon());

  function now(): void {
    timer = undefined;
    lastLook = Date.now();
    looks++;
    for (const root of openRoots(document)) {
      if (watched.has(root)) continue;
      watched.add(root);
      observer.observe(root, { childList: true, subtree: true });
    }
    look();
  }
  function soon(): void {
    if (timer !== undefined) return;
    const pause = PAUSES[Math.min(Math.floor(looks / LOOKS_PER_PAUSE), PAUSES.length - 1)] ?? 0;
    timer = setTimeout(now, Math.max(SETTLED_AFTER, lastLook + pause - Date.now()));
  }

  document.addEventListener('focusin', soon, { passive: true });
  now();
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', soon);
    clearTimeout(timer);
  };
}
