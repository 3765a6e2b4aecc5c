import { checkbox } from '../../setup/fields.ts';
import { livePart } from '../../setup/live-part.ts';
import { readServiceList } from '../../setup/read-service-list.ts';
import { type Page, paragraph, section } from '../../setup/start-page.ts';
import { watchLastRefresh } from '../../state/last-refresh.ts';
import { changeSettings, readSettings } from '../../state/settings.ts';
import { element } from '../../views/element.ts';
import { shownName } from '../../views/reading.ts';

/** Types of terms of which nothing is told. Services are muted where they are listed. */
export async function mutesSection({ words, say }: Page): Promise<HTMLElement> {
  const change = async (type: string, isMuted: boolean): Promise<void> => {
    const { mutedTypes } = await readSettings();
    const others = mutedTypes.filter((one) => one !== type);
    await changeSettings({ mutedTypes: isMuted ? [...others, type] : others });
    say(words('options_saved'));
  };
  const build = async (): Promise<readonly HTMLElement[]> => {
    const [{ types }, { mutedTypes }] = await Promise.all([readServiceList(), readSettings()]);
    const { compare } = new Intl.Collator(words.language, { sensitivity: 'base' });
    const all = [...new Set([...types, ...mutedTypes])].sort((a, b) => compare(words.termsType(a), words.termsType(b)));
    if (all.length === 0) return [paragraph(words('services_none'), 'muted')];
    const boxes = all.map((type, place) =>
      checkbox(
        { id: `mute-type-${place}`, label: shownName(words.termsType(type)), isChecked: mutedTypes.includes(type) },
        (isMuted) => void change(type, isMuted),
      ),
    );
    const legend = element('legend', { class: 'visually-hidden' }, [words('options_mutes')]);
    return [element('fieldset', { class: 'columns' }, [legend, ...boxes])];
  };
  return section('mutes', words('options_mutes'), [
    paragraph(words('options_mutes_about')),
    await livePart(build, [watchLastRefresh]),
  ]);
}
