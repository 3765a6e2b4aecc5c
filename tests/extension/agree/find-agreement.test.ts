// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { findAgreement } from '../../../extension/agree/find-agreement.ts';
import { FORM_NAMES, renderLate, showForm } from '../../helpers/extension/form-fixtures.ts';

const find = () => findAgreement(document, () => true);

/** What each form of the fixtures links to. */
const AGREEMENTS = {
  'sign-up': ['terms', 'privacy'],
  checkout: ['sale'],
  checkbox: ['terms'],
  'button-wording': ['terms'],
  'shadow-dom': ['terms'],
  iframe: ['terms', 'privacy'],
  german: ['terms', 'privacy'],
  french: ['sale', 'privacy'],
  spanish: ['terms', 'privacy'],
} as const;

describe('a form by which somebody would agree', () => {
  test.each(Object.entries(AGREEMENTS))('%s: is found with what it links to', (name, kinds) => {
    showForm(name);
    expect([...(find()?.kinds ?? [])].sort()).toEqual([...kinds].sort());
  });

  test('that comes late is found once it came', () => {
    showForm('late-rendered');
    expect(find()).toBeUndefined();
    renderLate();
    expect(find()?.kinds).toEqual(['terms']);
  });

  test('every fixture is one or the other', () => {
    const others = FORM_NAMES.filter((name) => name.startsWith('no-') || name === 'late-rendered');
    expect([...Object.keys(AGREEMENTS), ...others].sort()).toEqual(FORM_NAMES);
  });

  test('that cannot be seen is none', () => {
    showForm('sign-up');
    expect(findAgreement(document, () => false)).toBeUndefined();
  });
});

describe('no such form', () => {
  test.each(FORM_NAMES.filter((name) => name.startsWith('no-')))('%s', (name) => {
    showForm(name);
    expect(find()).toBeUndefined();
  });

  test('an agreement without a link to what is agreed to', () => {
    showForm('sign-up');
    for (const link of document.querySelectorAll('form a')) link.replaceWith('Terms of Service');
    expect(find()).toBeUndefined();
  });

  test('a log-in form beside a sign-up form: only the other one', () => {
    showForm('no-log-in-with-terms');
    document.body.insertAdjacentHTML(
      'beforeend',
      '<form id="other"><input type="email"><button>Register</button><p>You accept the <a href="/terms">terms</a></p></form>',
    );
    expect(find()?.form.id).toBe('other');
  });
});

describe('hostile sites', () => {
  test('a form of a thousand links and boxes is none', () => {
    document.body.innerHTML = `<form>${'<a href="/terms">terms</a><input type="checkbox">'.repeat(1_000)}<input type="password"></form>`;
    expect(find()).toBeUndefined();
  });

  test('elements in each other, hundreds deep', () => {
    document.body.innerHTML = `${'<div>'.repeat(400)}<a href="/terms">Terms</a>${'</div>'.repeat(400)}`;
    expect(find()).toBeUndefined();
  });
});
