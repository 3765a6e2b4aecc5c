import { watchLastRefresh } from '../state/last-refresh.ts';
import { watchSettings } from '../state/settings.ts';
import { button, type Child, element } from '../views/element.ts';
import { livePart } from './live-part.ts';
import { watchPermissions } from './permissions.ts';
import { refreshNow } from './refresh-now.ts';
import { readServerFacts, serverFactsList } from './server-facts.ts';
import { serverPermission } from './server-permission.ts';
import { type Page, paragraph } from './start-page.ts';

/** From where changes are read and how old they are, kept up to date, with what can be done about it. */
export function serverPart(page: Page): Promise<HTMLElement> {
  const { words } = page;
  // One button all the time: none is taken away between press and release.
  const refresh = refreshPart(page);
  const build = async (): Promise<readonly Child[]> => {
    const facts = await readServerFacts();
    if (facts.server === '') return [paragraph(words('server_none'), 'state')];
    return [serverFactsList(words, facts, new Date()), facts.mayRead ? refresh : serverPermission(page, facts.server)];
  };
  return livePart(build, [watchSettings, watchLastRefresh, watchPermissions]);
}

function refreshPart({ words, say }: Page): HTMLElement {
  const refresh = button(
    words('refresh_now'),
    () => {
      refresh.disabled = true;
      say(words('refresh_running'));
      void refreshNow()
        .then((outcome) => say(outcome ? words(outcome) : ''))
        .finally(() => {
          refresh.disabled = false;
        });
    },
    { id: 'refresh' },
  );
  return element('p', {}, [refresh]);
}
