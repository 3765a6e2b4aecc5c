import type { AgreeLink, AgreeNote } from './agree-messages.ts';
import { putStyles } from './chip-styles.ts';

/** What somebody does with the chip. */
export interface ChipActions {
  readonly open: (place: number, what: AgreeLink) => void;
  /** @returns whether the receipt was kept */
  readonly keep: () => Promise<boolean>;
  readonly close: () => void;
}

export interface Chip {
  /** Goes into the document. */
  readonly host: HTMLElement;
  /** The box that is moved and measured. */
  readonly box: HTMLElement;
  /** Says what there is to say: only now, so that screen readers tell of it. */
  readonly fill: () => void;
}

/**
 * The chip in a closed shadow root. All that stands in it are text nodes; it has no addresses, so that neither the site nor
 * the browser can fetch ahead of a click. Only what a person does counts, not clicks that a site makes up.
 *
 * @param isMeant whether an event came from a person
 */
export function makeChip(
  document: Document,
  note: AgreeNote,
  actions: ChipActions,
  isMeant: (event: Event) => boolean,
): Chip {
  const make = (tag: string, className: string, text = ''): HTMLElement => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.textContent = text;
    return made;
  };
  const button = (className: string, text: string, pressed: (button: HTMLButtonElement) => void): HTMLButtonElement => {
    const made = make('button', className, text) as HTMLButtonElement;
    made.type = 'button';
    made.addEventListener('click', (event) => {
      if (isMeant(event)) pressed(made);
    });
    return made;
  };

  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'closed' });
  putStyles(root);
  const box = make('div', 'chip away');
  box.lang = note.language;
  box.setAttribute('role', 'status');
  root.append(box);

  const fill = (): void => {
    const close = button('close', '✕', actions.close);
    close.setAttribute('aria-label', note.close);
    close.title = note.close;
    const head = make('div', 'head');
    head.append(make('h2', '', note.title), close);
    const said = make('p', '');
    const keep = button('', note.keep, (pressed) => {
      pressed.disabled = true;
      void actions.keep().then((isKept) => {
        said.textContent = isKept ? note.kept : note.notKept;
        pressed.disabled = isKept;
      });
    });
    box.append(head, ...note.lines.map(lineView), keep, said);
  };
  const lineView = (line: AgreeNote['lines'][number], place: number): HTMLElement => {
    const made = make('p', '');
    const name = make('strong', 'name', line.name);
    name.dir = 'auto';
    const link = (text: string, what: AgreeLink): HTMLElement => {
      const opens = button('link', text, () => actions.open(place, what));
      opens.setAttribute('role', 'link');
      opens.setAttribute('aria-label', `${text}: ${line.name}`);
      return opens;
    };
    made.append(name, make('span', '', `${line.text} `), link(line.history, 'history'));
    if (line.since !== undefined) made.append(' ', link(line.since, 'since'));
    return made;
  };

  // Keys that the chip uses are not the site's; it sees all others.
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    actions.close();
  });
  return { host, box, fill };
}
