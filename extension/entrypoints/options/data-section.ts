import { type Page, paragraph, section } from '../../setup/start-page.ts';
import { deleteData } from '../../state/delete-data.ts';
import { exportData } from '../../state/export-data.ts';
import { button, element } from '../../views/element.ts';

/** All that is kept, to be taken along or taken away. */
export function dataSection(page: Page): HTMLElement {
  const { words, say } = page;
  const save = async (): Promise<void> => {
    offerFile(`${JSON.stringify(await exportData(), null, 2)}\n`, 'clausewatch.json');
    say(words('data_exported'));
  };
  const dialog = deleteDialog(page);
  return section('data', words('options_data'), [
    paragraph(words('options_data_about')),
    element('div', { class: 'actions' }, [
      button(words('data_export'), () => void save(), { id: 'export' }),
      button(words('data_delete'), () => dialog.showModal(), { id: 'delete', class: 'danger' }),
    ]),
    dialog,
  ]);
}

/** Asks before anything goes that cannot be brought back. */
function deleteDialog({ words, say, rebuild }: Page): HTMLDialogElement {
  const confirm = async (): Promise<void> => {
    await deleteData();
    dialog.close();
    await rebuild();
    say(words('data_deleted'));
  };
  // The first button has the focus when it opens: it is the one that keeps.
  const dialog = element('dialog', { 'aria-labelledby': 'delete-title', 'aria-describedby': 'delete-about' }, [
    element('h3', { id: 'delete-title' }, [words('data_delete_title')]),
    element('p', { id: 'delete-about' }, [words('data_delete_about')]),
    element('div', { class: 'actions' }, [
      button(words('data_delete_cancel'), () => dialog.close()),
      button(words('data_delete_confirm'), () => void confirm(), { id: 'delete-confirm', class: 'danger' }),
    ]),
  ]);
  return dialog;
}

/** Without the permission `downloads`: as a link that the page follows itself. */
function offerFile(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  element('a', { href: address, download: name }).click();
  // Some browsers read it only after the click has ended.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
