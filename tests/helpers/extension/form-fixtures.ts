import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FORMS = join(import.meta.dirname, '../../fixtures/forms');

/** Names of forms on which somebody agrees to terms; those that begin with `no-` are of other kinds. */
export const FORM_NAMES: readonly string[] = readdirSync(FORMS)
  .map((file) => file.replace(/\.html$/, ''))
  .sort();

export const formSource = (name: string): string => readFileSync(join(FORMS, `${name}.html`), 'utf8');

/** Puts a form into the document, with its shadow roots, as a browser does that reads the file. */
export function showForm(name: string, into: HTMLElement = document.body): void {
  into.innerHTML = formSource(name);
  attachRoots(into);
}

function attachRoots(within: ParentNode): void {
  for (const template of within.querySelectorAll<HTMLTemplateElement>('template[shadowrootmode]')) {
    const root = template.parentElement?.attachShadow({ mode: 'open' });
    template.remove();
    root?.append(template.content);
    if (root) attachRoots(root);
  }
}

/** Puts in what a late form's script would. */
export function renderLate(): void {
  const late = document.querySelector<HTMLTemplateElement>('#later');
  const root = document.querySelector('#root');
  if (!late || !root) throw new Error('The form “late-rendered” is not shown.');
  root.replaceChildren(late.content.cloneNode(true));
}
