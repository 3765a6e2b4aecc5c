import { button } from '../views/element.ts';
import type { Words } from '../words/make-words.ts';

export interface PermissionButton {
  readonly id: string;
  /** What the permission is called. */
  readonly name: string;
  readonly isGranted: boolean;
  readonly ask: () => Promise<boolean>;
  readonly revoke: () => Promise<boolean>;
  readonly refused: () => void;
}

/** Asks the browser for a permission, or gives it back. Whoever shows it watches permissions and builds anew. */
export function permissionButton(
  words: Words,
  { id, name, isGranted, ask, revoke, refused }: PermissionButton,
): HTMLButtonElement {
  const label = words(isGranted ? 'permission_revoke' : 'permission_allow');
  const pressed = (): void => {
    const answer = isGranted ? revoke() : ask();
    void answer.then(
      (isDone) => isDone || refused(),
      () => refused(),
    );
  };
  return button(label, pressed, { id: `permission-${id}`, 'aria-label': `${label} – ${name}` });
}
