import { chooseService, unchooseService } from '../../setup/choose-service.ts';
import { livePart } from '../../setup/live-part.ts';
import { readServiceList } from '../../setup/read-service-list.ts';
import { readServerFacts } from '../../setup/server-facts.ts';
import { servicePicker } from '../../setup/service-picker.ts';
import { type Page, paragraph, section } from '../../setup/start-page.ts';
import { readInstalledAt } from '../../state/installed-at.ts';
import { watchLastRefresh } from '../../state/last-refresh.ts';
import { readAllMarks } from '../../state/marks.ts';
import { watchSettings } from '../../state/settings.ts';

/** “I already use this”: known from installation on. */
export async function chooseSection({ words }: Page): Promise<HTMLElement> {
  let shown = '';
  let kept: readonly HTMLElement[] = [];
  const build = async (): Promise<readonly HTMLElement[]> => {
    const { server, stored, last } = await readServerFacts();
    if (server === '') return [paragraph(words('welcome_choose_later'), 'muted')];
    if (!stored) {
      const isLoading = last.failure === null;
      return [
        paragraph(
          words(isLoading ? 'welcome_choose_loading' : `server_fault_${last.failure}`),
          isLoading ? 'muted' : 'state fault',
        ),
      ];
    }
    // A list in which somebody chooses stays as it is while the same files stand.
    const { sha256 } = stored.manifest.services;
    if (sha256 === shown) return kept;
    const [{ services }, marks] = await Promise.all([readServiceList(), readAllMarks()]);
    const chosen = new Set([...marks].filter(([, { isStarred }]) => isStarred).map(([key]) => key));
    kept = [
      servicePicker({
        words,
        services,
        chosen,
        changed: async ({ key }, isChosen) =>
          isChosen ? chooseService(key, await readInstalledAt()) : unchooseService(key),
      }),
    ];
    shown = sha256;
    return kept;
  };
  return section('choose', words('welcome_choose'), [
    paragraph(words('welcome_choose_about')),
    await livePart(build, [watchSettings, watchLastRefresh]),
  ]);
}
