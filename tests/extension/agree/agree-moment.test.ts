// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AgreeMessage, AgreeNote } from '../../../extension/agree/agree-messages.ts';
import { watchAgreeMoments } from '../../../extension/agree/agree-moment.ts';
import { readNote } from '../../../extension/agree/ask-background.ts';
import { renderLate, showForm } from '../../helpers/extension/form-fixtures.ts';

const NOTE: AgreeNote = {
  language: 'en',
  title: 'What you would accept',
  lines: [{ name: 'Terms of Service – Lark', text: 'You would accept …', history: 'Its changes', since: 'Since then' }],
  keep: 'Keep a receipt',
  kept: 'Kept.',
  notKept: 'Not kept.',
  close: 'Close',
};

let roots: ShadowRoot[];
let asked: AgreeMessage[];
let answer: unknown;
let end: (() => void) | undefined;

beforeEach(() => {
  vi.useFakeTimers({
    toFake: [
      'setTimeout',
      'clearTimeout',
      'setInterval',
      'clearInterval',
      'Date',
      'requestAnimationFrame',
      'cancelAnimationFrame',
    ],
  });
  document.body.replaceChildren();
  roots = [];
  asked = [];
  answer = NOTE;
  const attach = Element.prototype.attachShadow;
  vi.spyOn(Element.prototype, 'attachShadow').mockImplementation(function (this: Element, init) {
    const root = attach.call(this, init);
    if (init.mode === 'closed') roots.push(root);
    return root;
  });
});
afterEach(() => {
  end?.();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function start(isMeant = (_event: Event): boolean => true): void {
  const ask = async (message: AgreeMessage): Promise<unknown> => {
    asked.push(message);
    return message.kind === 'agree_look' ? answer : true;
  };
  end = watchAgreeMoments({ document, isShown: () => true, ask, readNote, isMeant });
}
const wait = (ms = 20): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const chips = (): readonly ShadowRoot[] => roots.filter(({ host }) => host.isConnected);
const chip = (): ShadowRoot => {
  const [root] = chips();
  if (!root) throw new Error('No chip is shown.');
  return root;
};
const press = (label: string): void => {
  const found = [...chip().querySelectorAll('button')].find(
    (one) => one.textContent === label || one.getAttribute('aria-label') === label,
  );
  if (!found) throw new Error(`No button says “${label}”.`);
  found.click();
};

describe('the chip', () => {
  test('is shown beside a form on which terms are agreed to, in a root that the site cannot open', async () => {
    showForm('sign-up');
    start();
    await wait();
    expect(asked).toEqual([{ kind: 'agree_look', kinds: ['terms', 'privacy'] }]);
    expect(chip().host.shadowRoot).toBeNull();
    expect(chip().querySelector('[role=status]')?.textContent).toContain('You would accept …');
    expect(chip().querySelectorAll('a, iframe, img')).toHaveLength(0);
  });

  test('asks nothing where there is no such form', async () => {
    showForm('no-log-in');
    start();
    await wait(60_000);
    expect(asked).toEqual([]);
    expect(chips()).toEqual([]);
  });

  test('is not shown on a site that is not covered, and the background is asked once', async () => {
    answer = undefined;
    showForm('sign-up');
    start();
    await wait();
    for (let time = 0; time < 5; time++) {
      document.body.append(document.createElement('p'));
      await wait(3_000);
    }
    expect(asked).toHaveLength(1);
    expect(chips()).toEqual([]);
  });

  test('comes with a form that comes late, also one in a shadow root, and goes with it', async () => {
    showForm('late-rendered');
    start();
    await wait();
    expect(chips()).toEqual([]);
    renderLate();
    await wait(2_000);
    expect(chips()).toHaveLength(1);
    document.querySelector('form')?.remove();
    await wait(2_000);
    expect(chips()).toEqual([]);
    showForm('shadow-dom');
    await wait(2_000);
    expect(chips()).toHaveLength(1);
  });

  test('goes by its button, and stays away', async () => {
    showForm('sign-up');
    start();
    await wait();
    press('Close');
    expect(chips()).toEqual([]);
    document.body.append(document.createElement('p'));
    await wait(5_000);
    expect(chips()).toEqual([]);
  });

  test('goes by Escape, which the site still gets', async () => {
    showForm('sign-up');
    start();
    await wait();
    const seen = vi.fn();
    document.body.addEventListener('keydown', seen);
    const key = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
    document.body.dispatchEvent(key);
    expect(chips()).toEqual([]);
    expect(seen).toHaveBeenCalledOnce();
    expect(key.defaultPrevented).toBe(false);
  });

  test('keeps a receipt and says so; says so, too, where it could not', async () => {
    showForm('sign-up');
    start();
    await wait();
    press('Keep a receipt');
    await wait();
    expect(asked.at(-1)).toEqual({ kind: 'agree_keep', kinds: ['terms', 'privacy'] });
    expect(chip().textContent).toContain('Kept.');
  });

  test('opens links by way of the background', async () => {
    showForm('sign-up');
    start();
    await wait();
    press('Its changes: Terms of Service – Lark');
    press('Since then: Terms of Service – Lark');
    const common = { kind: 'agree_open', kinds: ['terms', 'privacy'], place: 0 };
    expect(asked.slice(1)).toEqual([
      { ...common, what: 'history' },
      { ...common, what: 'since' },
    ]);
  });

  test('does nothing by clicks that a site makes up', async () => {
    showForm('sign-up');
    start((event) => event.isTrusted);
    await wait();
    press('Keep a receipt');
    press('Close');
    await wait();
    expect(asked).toHaveLength(1);
    expect(chips()).toHaveLength(1);
  });
});

describe('hostile names', () => {
  test('are text', async () => {
    const name = '<img src=x onerror=alert(1)></style><script>alert(1)</script>\u202e" onclick="';
    answer = {
      ...NOTE,
      title: name,
      lines: [{ name, text: name, history: name, since: name }],
      keep: name,
      close: name,
    };
    showForm('checkout');
    start();
    await wait();
    expect(chip().querySelectorAll('img, script, [onclick], [onerror]')).toHaveLength(0);
    expect(chip().querySelector('.name')?.textContent).toBe(name);
    expect(chip().querySelector('.name')?.getAttribute('dir')).toBe('auto');
  });

  test.each([[null], ['text'], [{}], [{ ...NOTE, lines: 'x' }], [{ ...NOTE, lines: [] }], [{ ...NOTE, keep: 1 }]])(
    'an answer of another kind shows nothing: %j',
    async (garbage) => {
      answer = garbage;
      showForm('checkout');
      start();
      await wait();
      expect(chips()).toEqual([]);
    },
  );
});
