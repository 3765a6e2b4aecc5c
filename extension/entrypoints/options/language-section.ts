import { textField } from '../../setup/fields.ts';
import { type Page, section } from '../../setup/start-page.ts';
import { changeSettings, readSettings } from '../../state/settings.ts';
import { element } from '../../views/element.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../../words/languages.ts';

/** The interface's language. Quoted terms stay in their own. */
export async function languageSection({ words }: Page): Promise<HTMLElement> {
  const select = element('select', {}, [
    element('option', { value: 'auto' }, [words('options_language_auto')]),
    ...LANGUAGES.map((language) => element('option', { value: language, lang: language }, [LANGUAGE_NAMES[language]])),
  ]);
  select.value = (await readSettings()).language;
  select.addEventListener('change', () => {
    const language = LANGUAGES.find((one) => one === select.value) ?? 'auto';
    void changeSettings({ language });
  });
  return section('language', words('options_language'), [
    textField(
      { id: 'choose-language', label: words('options_language_label'), hint: words('options_language_hint') },
      select,
    ),
  ]);
}
