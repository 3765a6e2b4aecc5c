import type { AgreeMessage, AgreeNote } from './agree-messages.ts';
import { makeChip } from './chip-view.ts';
import { type Agreement, findAgreement } from './find-agreement.ts';
import { keepPlace } from './keep-place.ts';
import { watchForms } from './watch-forms.ts';

/** What the script needs of the world around it. */
export interface AgreeWorld {
  readonly document: Document;
  readonly isShown: (element: Element) => boolean;
  readonly ask: (message: AgreeMessage) => Promise<unknown>;
  readonly readNote: (answer: unknown) => AgreeNote | undefined;
  /** Whether an event came from a person; sites may make up any. */
  readonly isMeant?: (event: Event) => boolean;
}

/**
 * Shows the chip beside a form by which somebody would agree to terms. Once at a time, and not again once it was dismissed;
 * the background is asked only where there is such a form, and once for the same links.
 *
 * @returns ends it
 */
export function watchAgreeMoments(world: AgreeWorld): () => void {
  const { document, isShown, ask, readNote, isMeant = ({ isTrusted }) => isTrusted } = world;
  const unanswered = new Set<string>();
  let remove: (() => void) | undefined;
  let isDismissed = false;
  let isAsking = false;
  let isEnded = false;

  async function look(): Promise<void> {
    if (remove || isAsking || isDismissed) return;
    const agreement = findAgreement(document, isShown);
    if (!agreement || agreement.kinds.length === 0 || unanswered.has(agreement.kinds.join())) return;
    isAsking = true;
    const note = readNote(await ask({ kind: 'agree_look', kinds: agreement.kinds }));
    isAsking = false;
    if (!note) unanswered.add(agreement.kinds.join());
    else if (!isEnded && agreement.form.isConnected) show(agreement, note);
  }

  function show({ form, kinds }: Agreement, note: AgreeNote): void {
    const dismiss = (): void => {
      isDismissed = true;
      remove?.();
    };
    const actions = {
      open: (place: number, what: 'history' | 'since') => void ask({ kind: 'agree_open', kinds, place, what }),
      keep: async () => (await ask({ kind: 'agree_keep', kinds })) === true,
      close: dismiss,
    };
    const chip = makeChip(document, note, actions, isMeant);
    // All outside of a modal dialog is out of reach while it is open.
    (modalAround(form) ?? document.documentElement).append(chip.host);
    chip.fill();
    const ends = keepPlace(chip, form, isShown, () => remove?.());
    const dismissByKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && isMeant(event)) dismiss();
    };
    document.addEventListener('keydown', dismissByKey, { passive: true });
    remove = () => {
      remove = undefined;
      ends();
      document.removeEventListener('keydown', dismissByKey);
      chip.host.remove();
    };
  }

  const stop = watchForms(document, () => void look());
  return () => {
    isEnded = true;
    stop();
    remove?.();
  };
}

function modalAround(form: Element): Element | null {
  try {
    return form.closest('dialog:modal');
  } catch {
    return null;
  }
}
