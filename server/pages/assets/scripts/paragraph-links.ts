/** Shows beside the paragraph under the pointer a link to it; every paragraph has its address without scripts too. */
export function run(): void {
  const text = document.querySelector<HTMLElement>('[data-paragraph-link]');
  if (!text) return;
  const link = document.createElement('a');
  link.className = 'paragraph-link';
  link.textContent = '¶';
  link.title = text.dataset.paragraphLink ?? '';
  link.setAttribute('aria-label', link.title);
  text.addEventListener('pointerover', ({ target }) => {
    if (!(target instanceof Element) || target === link) return;
    const paragraph = target.closest('p[id], h2[id], h3[id], h4[id], h5[id], h6[id]');
    if (!paragraph || !text.contains(paragraph)) return;
    link.href = `#${paragraph.id}`;
    if (link.parentElement !== paragraph) paragraph.append(link);
  });
}
