import { button } from '../views/element.ts';
import type { Words } from '../words/make-words.ts';
import { askFor, type OptionalPermission, revoke } from './permissions.ts';

/** Asks the browser for a permission, or gives it back. Whoever shows it watches permissions and builds anew. */
export function permissionButton(
  words: Words,
  permission: OptionalPermission,
  { isGranted, refused }: { readonly isGranted: boolean; readonly refused: () => void },
): HTMLButtonElement {
  const id = `permission-${permission}`;
  const label = `${words(isGranted ? 'permission_revoke' : 'permission_allow')} – ${words(`permission_${permission}`)}`;
  const pressed = (): void => {
    const answer = isGranted ? revoke(permission) : askFor(permission);
    void answer.then(
      (isDone) => isDone || refused(),
      () => refused(),
    );
  };
  return button(words(isGranted ? 'permission_revoke' : 'permission_allow'), pressed, { id, 'aria-label': label });
}
