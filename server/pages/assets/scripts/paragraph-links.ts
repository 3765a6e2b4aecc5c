/**
 * Shows beside the paragraph under the pointer a link to it and one to its life; every paragraph has its address without
 * scripts too.
 */
export function run(): void {
  const text = document.querySelector<HTMLElement>('[data-paragraph-link]');
  if (!text) return;
  const { paragraphLink = '', paragraphSince = '', paragraphs = '' } = text.dataset;
  const tools = document.createElement('span');
  tools.className = 'paragraph-tools';
  tools.lang = document.documentElement.lang;
  const link = document.createElement('a');
  link.textContent = '¶';
  link.title = paragraphLink;
  link.setAttribute('aria-label', paragraphLink);
  const since = document.createElement('a');
  since.textContent = paragraphSince;
  tools.append(link, ' ', since);
  text.addEventListener('pointerover', ({ target }) => {
    if (!(target instanceof Element) || tools.contains(target)) return;
    const paragraph = target.closest('p[id], h2[id], h3[id], h4[id], h5[id], h6[id]');
    if (!paragraph || !text.contains(paragraph)) return;
    link.href = `#${paragraph.id}`;
    since.href = `${paragraphs}${paragraph.id.slice(1)}`;
    if (tools.parentElement !== paragraph) paragraph.append(tools);
  });
}
