/** Copies citations; words that the reader has marked in a text are taken into its citation. */
export function run(): void {
  const citation = document.querySelector<HTMLElement>('.citation');
  const quote = citation?.querySelector<HTMLElement>('.citation-quote');
  const text = citation?.querySelector<HTMLElement>('.citation-text');
  const tools = citation?.querySelector<HTMLElement>('.citation-tools');
  const button = tools?.querySelector('button');
  if (!quote || !text || !tools || !button || !navigator.clipboard) return;
  tools.hidden = false;

  const last = text.querySelector('span:last-of-type');
  const sentence = last?.textContent ?? '';
  const address = citation?.dataset.address ?? '';
  const given = quote.textContent !== '';
  document.addEventListener('selectionchange', () => {
    const selection = document.getSelection();
    const node = selection?.anchorNode;
    const element = node instanceof Element ? node : node?.parentElement;
    const from = element?.closest<HTMLElement>('[data-quotable]');
    // Marking the citation itself does not change what is quoted.
    if (given || !selection || !from || selection.isCollapsed) return;
    const marked = selection.toString().replace(/\s+/g, ' ').trim().slice(0, 2_000);
    quote.textContent = marked;
    quote.lang = from.lang;
    quote.hidden = marked === '';
    // The address leads to the paragraph.
    const paragraph = element?.closest('[id]');
    if (last && paragraph && from.contains(paragraph) && !address.includes('#')) {
      last.textContent = sentence.replace(address, () => `${address}#${paragraph.id}`);
    }
  });

  const label = button.textContent;
  button.addEventListener('click', async () => {
    const words = quote.textContent === '' ? '' : `“${quote.textContent}” `;
    const rest = [...text.querySelectorAll('span')].map((part) => part.textContent.trim()).join(' ');
    try {
      await navigator.clipboard.writeText(words + rest);
    } catch {
      // Where the browser refuses, what is marked can be copied by key.
      document.getSelection()?.selectAllChildren(text);
      return;
    }
    button.textContent = button.dataset.copied ?? label;
    setTimeout(() => {
      button.textContent = label;
    }, 2_000);
  });
}
