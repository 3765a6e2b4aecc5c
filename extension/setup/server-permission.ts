import { button, element } from '../views/element.ts';
import { askForServer } from './permissions.ts';
import { refreshNow } from './refresh-now.ts';
import type { Page } from './start-page.ts';

/** Asks to be allowed to read from the server that is chosen, where that is missing: see {@link askForServer}. */
export function serverPermission({ words, say }: Page, server: string): HTMLElement {
  const pressed = (): void => {
    void askForServer(server).then(async (isGranted) => {
      const outcome = isGranted ? await refreshNow() : 'server_fault_permission';
      say(outcome ? words(outcome) : '');
    });
  };
  return element('div', { class: 'offer' }, [
    element('p', {}, [words('server_allow_why')]),
    button(words('server_allow', { host: new URL(server).host }), pressed, { id: 'allow-server' }),
  ]);
}
