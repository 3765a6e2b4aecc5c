import { chooseService } from '../../setup/choose-service.ts';
import type { Page } from '../../setup/start-page.ts';
import { forget, star } from '../../state/marks.ts';
import { changeSettings, readSettings } from '../../state/settings.ts';
import type { ServiceMark } from '../../state/settings-types.ts';
import { button, element } from '../../views/element.ts';

export interface ListedService {
  readonly key: string;
  readonly name: string;
  /** undefined: it is muted, and otherwise not known. */
  readonly mark: ServiceMark | undefined;
  readonly isMuted: boolean;
}

type Act = 'star' | 'unstar' | 'mute' | 'unmute' | 'forget';

/** A service with what is known of it, and what can be done about that. */
export function serviceRow({ words, say }: Page, { key, name, mark, isMuted }: ListedService): HTMLElement {
  const act = (what: Act, done: () => Promise<unknown>): HTMLButtonElement => {
    const pressed = (): void => void done().then(() => say(words('options_saved')));
    // Both of a pair have one id: the focus stays there when one takes the other's place.
    return button(words(`services_${what}`), pressed, {
      id: `${what.replace(/^un/, '')}-${key}`,
      'aria-label': `${words(`services_${what}`)} – ${name}`,
    });
  };
  const facts = [
    mark?.isStarred ? words('services_starred') : undefined,
    mark ? words('services_known', { date: words.moment(mark.since) }) : undefined,
    isMuted ? words('services_muted') : undefined,
  ];
  return element('li', {}, [
    element('div', {}, [
      element('strong', { dir: 'auto' }, [name]),
      element('p', { class: 'hint' }, [facts.filter((fact) => fact !== undefined).join(' · ')]),
    ]),
    element('div', { class: 'actions' }, [
      mark?.isStarred ? act('unstar', () => star(key, false)) : act('star', () => chooseService(key, new Date())),
      isMuted ? act('unmute', () => mute(key, false)) : act('mute', () => mute(key, true)),
      mark ? act('forget', () => forget(key)) : undefined,
    ]),
  ]);
}

async function mute(key: string, isOn: boolean): Promise<unknown> {
  const { mutedServices } = await readSettings();
  const others = mutedServices.filter((one) => one !== key);
  return changeSettings({ mutedServices: isOn ? [...others, key] : others });
}
