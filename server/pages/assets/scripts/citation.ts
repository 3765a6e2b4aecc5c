/**
 * Copies citations. Words that the reader has marked in a text are taken into its citation; a button beside the paragraph
 * under the pointer copies the citation of that paragraph.
 */
export function run(): void {
  const citation = document.querySelector<HTMLDetailsElement>('.citation');
  const quote = citation?.querySelector<HTMLElement>('.citation-quote');
  const text = citation?.querySelector<HTMLElement>('.citation-text');
  const tools = citation?.querySelector<HTMLElement>('.citation-tools');
  const button = tools?.querySelector('button');
  if (!citation || !quote || !text || !tools || !button || !navigator.clipboard) return;
  tools.hidden = false;

  const last = text.querySelector('span:last-of-type');
  const sentence = last?.textContent ?? '';
  const address = citation.dataset.address ?? '';
  const given = quote.textContent !== '';

  /** Words as they stand in the text: of a redline what it says now, of what is gone what it said. */
  const wordsOf = (part: ParentNode): string => {
    for (const beside of part.querySelectorAll('.aside, .steps, .vh, .paragraph-tools')) beside.remove();
    const sides = [...part.querySelectorAll('.side')];
    const said = sides.findLast(({ textContent }) => textContent.trim() !== '');
    for (const side of sides) if (side !== said) side.remove();
    const read = (node: ParentNode): string =>
      [...node.childNodes]
        .map(({ textContent }) => textContent ?? '')
        .join('')
        .replace(/\s+/g, ' ')
        .trim();
    const whole = read(part);
    for (const gone of part.querySelectorAll('del')) gone.remove();
    return (read(part) || whole).slice(0, 2_000);
  };

  /** The address leads to the paragraph. */
  const take = (words: string, lang: string, paragraph: string | undefined): void => {
    quote.textContent = words;
    quote.lang = lang;
    quote.hidden = words === '';
    if (last && !address.includes('#')) {
      last.textContent = sentence.replace(address, () => (paragraph ? `${address}#${paragraph}` : address));
    }
  };

  document.addEventListener('selectionchange', () => {
    const selection = document.getSelection();
    const node = selection?.anchorNode;
    const element = node instanceof Element ? node : node?.parentElement;
    const from = element?.closest<HTMLElement>('[data-quotable]');
    // Marking the citation itself does not change what is quoted.
    if (given || !selection || !element || !from || selection.isCollapsed) return;
    const paragraph = element.closest('[id]');
    const id = paragraph && from.contains(paragraph) ? paragraph.id : undefined;
    const lang = element.closest<HTMLElement>('[lang]')?.lang ?? '';
    take(wordsOf(selection.getRangeAt(0).cloneContents()), lang, id);
  });

  const label = button.textContent;
  const copy = async (pressed: HTMLElement): Promise<void> => {
    const words = quote.textContent === '' ? '' : `“${quote.textContent}” `;
    const rest = [...text.querySelectorAll('span')].map((part) => part.textContent.trim()).join(' ');
    try {
      await navigator.clipboard.writeText(words + rest);
    } catch {
      // Where the browser refuses, what is marked can be copied by key.
      citation.open = true;
      document.getSelection()?.selectAllChildren(text);
      return;
    }
    pressed.textContent = button.dataset.copied ?? label;
    setTimeout(() => {
      pressed.textContent = label;
    }, 2_000);
  };
  button.addEventListener('click', () => copy(button));
  if (given) return;

  const beside = document.createElement('button');
  beside.type = 'button';
  beside.className = 'cite-paragraph';
  beside.lang = document.documentElement.lang;
  beside.textContent = label;
  beside.addEventListener('click', () => {
    const paragraph = beside.closest<HTMLElement>('[id]');
    if (!paragraph) return;
    const copied = paragraph.cloneNode(true);
    if (!(copied instanceof Element)) return;
    const lang = (paragraph.querySelector<HTMLElement>('[dir][lang]') ?? paragraph.closest<HTMLElement>('[lang]'))
      ?.lang;
    take(wordsOf(copied), lang ?? '', paragraph.id);
    void copy(beside);
  });
  const offer = ({ target }: Event): void => {
    if (!(target instanceof Element)) return;
    const paragraph = target.closest('[data-quotable] :is(.para, p, h2, h3, h4, h5, h6)[id]');
    const place = paragraph?.querySelector('.paragraph-tools, .aside');
    if (place && beside.parentElement !== place) place.append(' ', beside);
  };
  document.addEventListener('pointerover', offer);
  document.addEventListener('focusin', offer);
}
