import { livePart } from '../../setup/live-part.ts';
import { watchPermissions } from '../../setup/permissions.ts';
import { nameOfServer, readServerFacts } from '../../setup/server-facts.ts';
import { serverForm } from '../../setup/server-form.ts';
import { serverPermission } from '../../setup/server-permission.ts';
import { type Page, paragraph, section } from '../../setup/start-page.ts';
import { watchLastRefresh } from '../../state/last-refresh.ts';
import { readSettings, watchSettings } from '../../state/settings.ts';
import { element } from '../../views/element.ts';
import { outsideLink } from '../../views/outside-link.ts';

/** Names the server that is read, or asks for one. */
export async function readSection(page: Page): Promise<HTMLElement> {
  const { words } = page;
  const { server: chosen } = await readSettings();
  const named = await livePart(async () => {
    const facts = await readServerFacts();
    if (facts.server === '') return [paragraph(words('welcome_read_ask'))];
    const { server, mayRead, stored } = facts;
    return [
      element('p', {}, [
        words('welcome_read_from', { name: nameOfServer(facts) }),
        ' ',
        outsideLink(stored?.manifest.website ?? server, [new URL(server).host]),
      ]),
      mayRead ? undefined : serverPermission(page, server),
    ];
  }, [watchSettings, watchLastRefresh, watchPermissions]);
  const form = serverForm({ words, server: chosen, chosen: () => undefined });
  const isChosen = chosen !== '';
  return section('reading', words('welcome_read'), [
    paragraph(words('options_server_why')),
    named,
    isChosen ? element('details', {}, [element('summary', {}, [words('welcome_read_another')]), form]) : form,
  ]);
}
