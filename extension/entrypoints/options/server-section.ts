import { serverForm } from '../../setup/server-form.ts';
import { serverPart } from '../../setup/server-part.ts';
import { type Page, paragraph, section } from '../../setup/start-page.ts';
import { readSettings } from '../../state/settings.ts';

/** Where changes are read. */
export async function serverSection(page: Page): Promise<HTMLElement> {
  const { words, say } = page;
  const { server } = await readSettings();
  return section('reading', words('options_server'), [
    paragraph(words('options_server_why')),
    serverForm({ words, server, chosen: () => say(words('options_saved')) }),
    await serverPart(page),
  ]);
}
