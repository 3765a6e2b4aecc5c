import { checkbox, radios, textField } from '../../setup/fields.ts';
import { livePart } from '../../setup/live-part.ts';
import { askFor, readPermissions, watchPermissions } from '../../setup/permissions.ts';
import { type Page, section } from '../../setup/start-page.ts';
import { changeSettings, readSettings, watchSettings } from '../../state/settings.ts';
import type { Settings } from '../../state/settings-types.ts';
import { button, element } from '../../views/element.ts';

const MOST_DAYS = 30;

/** How much is told, and how loudly. */
export async function tellingSection({ words, say }: Page): Promise<HTMLElement> {
  const save = async (part: Partial<Settings>): Promise<void> => {
    await changeSettings(part);
    say(words('options_saved'));
  };
  const build = async (): Promise<readonly HTMLElement[]> => {
    const settings = await readSettings();
    return [
      checkbox(
        { id: 'badge', label: words('options_badge'), hint: words('options_badge_hint'), isChecked: settings.badge },
        (badge) => void save({ badge }),
      ),
      daysField(settings.days),
    ];
  };
  const daysField = (days: number): HTMLElement => {
    const input = element('input', { type: 'number', min: 1, max: MOST_DAYS, step: 1, class: 'short' });
    input.value = String(days);
    input.addEventListener('change', () => {
      const typed = input.valueAsNumber;
      if (Number.isInteger(typed) && typed >= 1 && typed <= MOST_DAYS) void save({ days: typed });
      else {
        input.value = String(days);
        say(words('options_days_fault'));
      }
    });
    const unit = element('span', {}, [words('options_days_unit')]);
    return textField({ id: 'days', label: words('options_days'), hint: words('options_days_hint') }, input, [unit]);
  };
  /** The permission is asked for by what needs it, at the moment when it is chosen. */
  const notifications = async (): Promise<readonly HTMLElement[]> => {
    const [{ notifications: chosen }, granted] = await Promise.all([readSettings(), readPermissions()]);
    const values = ['off', 'each', 'weekly'] as const;
    const choices = values.map((value) => ({ value, label: words(`options_notifications_${value}`) }));
    const change = (value: Settings['notifications']): void => {
      // Before anything is waited for: browsers only ask within a click.
      const answer = value === 'off' || granted.has('notifications') ? Promise.resolve(true) : askFor('notifications');
      void answer.then(async (isGranted) => {
        await changeSettings({ notifications: isGranted ? value : 'off' });
        say(words(isGranted ? 'options_saved' : 'permission_refused'));
      });
    };
    const isMissing = chosen !== 'off' && !granted.has('notifications');
    return [
      radios({ id: 'notifications', legend: words('options_notifications'), chosen }, choices, change),
      element('p', { class: 'hint' }, [words('options_notifications_hint')]),
      ...(isMissing
        ? [
            element('p', { class: 'state fault' }, [
              words('options_notifications_missing'),
              ' ',
              button(words('permission_allow'), () => change(chosen), { id: 'allow-notifications' }),
            ]),
          ]
        : []),
    ];
  };
  return section('telling', words('options_telling'), [
    await livePart(build, [watchSettings]),
    await livePart(notifications, [watchSettings, watchPermissions]),
  ]);
}
