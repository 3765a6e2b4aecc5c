import { LEGAL_KINDS, type LegalKind } from './agree-messages.ts';
import { legalKind, saysAgreement, saysCookies, saysLogIn, saysPurchase, saysSignUp } from './legal-words.ts';
import { openRoots, parentOf } from './open-roots.ts';

/** A form by which somebody would agree to terms. */
export interface Agreement {
  /** The form, or what holds its fields where it is none. */
  readonly form: Element;
  /** What its links lead to. */
  readonly kinds: readonly LegalKind[];
}

/** Links to legal text that are looked at in one document, and boxes, buttons and links in one form: forms have a few. */
const MOST = 50;
/** How far above a link its fields may be, where there is no form. */
const MOST_LEVELS = 8;
/** A sentence of agreement is shorter; what is longer is the page. */
const LONGEST_SENTENCE = 700;
const LONGEST_BUTTON = 80;

const BUTTONS = 'button,input:is([type=submit],[type=button],[type=image]),[role=button]';
const FIELDS = 'input:not([type=hidden],[type=submit],[type=button],[type=search]),select,textarea';
const BOXES = 'input[type=checkbox],[role=checkbox]';
const PASSWORDS = 'input[type=password]';

/** “Sign in with …” stands on forms of both kinds. */
const OTHERS_ACCOUNT = /google|apple|facebook|microsoft|github|linkedin/i;

/**
 * The first form of a document, or of its open shadow roots, by which somebody would sign up or buy and agree to terms that
 * it links to. Reads what the form asks, never what is typed.
 *
 * @param isShown whether an element can be seen
 */
export function findAgreement(document: Document, isShown: (element: Element) => boolean): Agreement | undefined {
  texts = new WeakMap();
  for (const root of openRoots(document)) {
    const seen = new Set<Element>();
    for (const link of legalLinks(root)) {
      const form = formOf(link);
      if (!form || seen.has(form)) continue;
      seen.add(form);
      if (asksToAgree(form) && isShown(form)) return { form, kinds: kindsIn(form) };
    }
  }
  return undefined;
}

function legalLinks(within: ParentNode): readonly HTMLAnchorElement[] {
  const found: HTMLAnchorElement[] = [];
  for (const link of within.querySelectorAll<HTMLAnchorElement>('a[href]')) {
    if (found.length >= MOST) break;
    if (kindOf(link)) found.push(link);
  }
  return found;
}

const few = (form: Element, selector: string): readonly Element[] =>
  [...form.querySelectorAll(selector)].slice(0, MOST);

function kindOf(link: HTMLAnchorElement): LegalKind | undefined {
  const href = link.getAttribute('href') ?? '';
  return legalKind(textOf(link).slice(0, 200), href.slice(0, 300));
}

function kindsIn(form: Element): readonly LegalKind[] {
  const found = new Set(legalLinks(form).map(kindOf));
  return LEGAL_KINDS.filter((kind) => found.has(kind));
}

/** The form around a link; else the nearest element that also holds fields and a button, but not the whole page. */
function formOf(link: Element): Element | undefined {
  const form = link.closest('form, [role=form]');
  if (form) return form;
  let around = parentOf(link);
  for (let level = 0; around && level < MOST_LEVELS; level++, around = parentOf(around)) {
    if (/^(?:body|html|main|footer|header|nav)$/.test(around.localName)) return undefined;
    const inner = around.querySelector('form');
    // Words under a form belong to it where nothing else is around both.
    if (inner) return around.querySelectorAll('form').length === 1 ? around : undefined;
    if (around.querySelector(BUTTONS) && around.querySelector(`${FIELDS}, ${PASSWORDS}`)) return around;
  }
  return undefined;
}

function asksToAgree(form: Element): boolean {
  const passwords = [...form.querySelectorAll<HTMLInputElement>(PASSWORDS)];
  const hints = passwords.map((field) => field.autocomplete || (field.getAttribute('autocomplete') ?? ''));
  // Log-ins, and changes of a password.
  if (hints.some((hint) => hint.includes('current-password'))) return false;
  const buttons = few(form, BUTTONS)
    .map(buttonText)
    .filter((text) => !OTHERS_ACCOUNT.test(text));
  const isSignUp = buttons.some(saysSignUp) || hints.some((hint) => hint.includes('new-password'));
  const isPurchase = buttons.some(saysPurchase);
  // A log-in form may offer a way to sign up: its own button then comes first.
  const [first = ''] = buttons.filter((text) => saysLogIn(text) || saysSignUp(text) || saysPurchase(text));
  const isLogIn = saysLogIn(first) && !saysSignUp(first);
  if (isLogIn && passwords.length < 2 && !hints.some((hint) => hint.includes('new-password'))) return false;
  if (hasAgreementBox(form)) return true;
  if (!form.querySelector(FIELDS)) return isPurchase && hasAgreementSentence(form);
  return (isSignUp || isPurchase || passwords.length === 2) && hasAgreementSentence(form);
}

/** A box beside a sentence of agreement with its link. A banner that asks about cookies has such boxes, too. */
const hasAgreementBox = (form: Element): boolean =>
  few(form, BOXES).some((box) => {
    const sentence = sentenceAround(box, form);
    if (!sentence || saysCookies(textOf(sentence))) return false;
    // What stands around other fields, too, is not this box's own.
    return sentence.querySelectorAll(FIELDS).length <= 1;
  });

/** Whether a link to legal text stands in a sentence of agreement. */
const hasAgreementSentence = (form: Element): boolean => legalLinks(form).some((link) => sentenceAround(link, form));

/** The nearest element around one that says agreement and holds a link to legal text, as long as it is a sentence. */
function sentenceAround(inner: Element, form: Element): Element | undefined {
  let around: Element | undefined = inner;
  for (let level = 0; around && level < MOST_LEVELS; level++, around = parentOf(around)) {
    const text = textOf(around);
    if (text.length > LONGEST_SENTENCE) return undefined;
    if (saysAgreement(text) && (around !== inner || inner.localName !== 'a') && legalLinks(around).length > 0)
      return around;
    if (around === form || around.localName === 'form' || around.localName === 'body') return undefined;
  }
  return undefined;
}

/** Of one look: the text of a whole form is asked for from several places in it. */
let texts = new WeakMap<Element, string>();

/** Without the blanks of its source. */
function textOf(element: Element): string {
  const known = texts.get(element);
  if (known !== undefined) return known;
  const text = (element.textContent ?? '').slice(0, 20_000).replace(/\s+/g, ' ').trim();
  texts.set(element, text);
  return text;
}

function buttonText(button: Element): string {
  const written = button instanceof HTMLInputElement ? button.value : textOf(button);
  return (written || button.getAttribute('aria-label') || '').slice(0, LONGEST_BUTTON);
}
