import { button, element } from '../views/element.ts';
import { shownName } from '../views/reading.ts';
import type { Words } from '../words/make-words.ts';
import { chooseServer, type ServerChoice } from './choose-server.ts';
import { textField } from './fields.ts';

export interface ServerFormOptions {
  readonly words: Words;
  /** The one that is read now; empty: none. */
  readonly server: string;
  /** Called once another one is read. */
  readonly chosen: (choice: Extract<ServerChoice, { kind: 'chosen' }>) => void;
}

/** Asks for a server, checks that it answers as one, and says what to do where it does not. */
export function serverForm({ words, server, chosen }: ServerFormOptions): HTMLElement {
  const input = element('input', {
    type: 'text',
    inputmode: 'url',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    placeholder: 'https://…',
  });
  input.value = server;
  const state = element('p', { class: 'state', id: 'server-state', role: 'status' });
  const submit = button(words('server_use'), () => undefined, { type: 'submit', class: 'primary' });

  const show = (choice: ServerChoice): void => {
    const isFault = choice.kind === 'fault';
    state.classList.toggle('fault', isFault);
    if (isFault) input.setAttribute('aria-invalid', 'true');
    state.textContent = isFault ? words(`server_fault_${choice.reason}`) : words('server_chosen', nameOf(choice));
    if (isFault) input.focus();
    else {
      input.value = choice.server;
      chosen(choice);
    }
  };
  const form = element('form', { novalidate: true }, [
    textField({ id: 'server', label: words('server_label'), hint: words('server_hint') }, input, [submit]),
    state,
  ]);
  input.setAttribute('aria-describedby', 'server-hint server-state');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    input.removeAttribute('aria-invalid');
    state.classList.remove('fault');
    // Asks for a permission where it has to, which browsers allow only now.
    const choosing = chooseServer(input.value);
    state.textContent = words('server_checking');
    submit.disabled = true;
    void choosing.then(show).finally(() => {
      submit.disabled = false;
    });
  });
  return form;
}

const nameOf = ({ server, manifest }: Extract<ServerChoice, { kind: 'chosen' }>) => ({
  name: shownName(manifest.name || new URL(server).host),
});
