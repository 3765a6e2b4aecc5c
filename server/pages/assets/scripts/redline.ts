/** Steps between the changes of a redline, by key and button; what is linked to inside a fold is unfolded. */
export function run(): void {
  const changes = [...document.querySelectorAll<HTMLElement>('.redline-change')];
  const unfold = (): void => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id === '' ? null : document.getElementById(id);
    const fold = target?.closest('details');
    if (!target || !fold || fold.open) return;
    fold.open = true;
    target.scrollIntoView();
  };
  if (document.body.dataset.page === 'redline') {
    addEventListener('hashchange', unfold);
    unfold();
  }
  if (changes.length === 0) return;

  const counter = document.querySelector('[data-current]');
  let current = -1;
  const go = (step: number): void => {
    current = Math.max(0, Math.min(changes.length - 1, current + step));
    const change = changes[current];
    if (!change) return;
    if (counter) counter.textContent = String(current + 1);
    change.focus({ preventScroll: true });
    change.scrollIntoView({ block: 'start' });
    history.replaceState(null, '', `#${change.id}`);
  };
  const named = changes.findIndex(({ id }) => `#${id}` === location.hash);
  if (named >= 0) {
    current = named;
    if (counter) counter.textContent = String(named + 1);
  }
  for (const button of document.querySelectorAll<HTMLElement>('[data-step]')) {
    button.addEventListener('click', (event) => {
      event.preventDefault();
      go(Number(button.dataset.step));
    });
  }
  const steps: Readonly<Record<string, number>> = { n: 1, j: 1, p: -1, k: -1 };
  document.addEventListener('keydown', ({ key, target, ctrlKey, altKey, metaKey }) => {
    const step = steps[key];
    const isTyping = target instanceof Element && target.closest('input, select, textarea, [contenteditable]') !== null;
    if (step !== undefined && !isTyping && !ctrlKey && !altKey && !metaKey) go(step);
  });
}
