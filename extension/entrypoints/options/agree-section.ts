import { checkbox } from '../../setup/fields.ts';
import { livePart } from '../../setup/live-part.ts';
import { askFor, readPermissions, watchPermissions } from '../../setup/permissions.ts';
import { type Page, paragraph, section } from '../../setup/start-page.ts';
import { changeSettings, readSettings, watchSettings } from '../../state/settings.ts';
import { element } from '../../views/element.ts';
import { receiptsPart } from './receipts-part.ts';

/** The note beside forms on which terms are agreed to. On only while its permission is there. */
export async function agreeSection(page: Page): Promise<HTMLElement> {
  const { words, say } = page;
  const build = async (): Promise<readonly HTMLElement[]> => {
    const [{ agreeMoment }, granted] = await Promise.all([readSettings(), readPermissions()]);
    const hasSites = granted.has('sites');
    const change = (isOn: boolean, box: HTMLInputElement): void => {
      const answer = isOn && !hasSites ? askFor('sites') : Promise.resolve(true);
      void answer.then(async (isGranted) => {
        box.checked = isOn && isGranted;
        await changeSettings({ agreeMoment: isOn && isGranted });
        say(words(isGranted ? 'options_saved' : 'permission_refused'));
      });
    };
    return [
      checkbox(
        {
          id: 'show-agree',
          label: words('options_agree_label'),
          hint: words('options_agree_hint'),
          isChecked: agreeMoment && hasSites,
        },
        change,
      ),
    ];
  };
  return section('agree', words('options_agree'), [
    paragraph(words('options_agree_about')),
    await livePart(build, [watchSettings, watchPermissions]),
    element('h3', {}, [words('options_receipts')]),
    await receiptsPart(page),
  ]);
}
