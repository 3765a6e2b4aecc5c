import { formSource } from './form-fixtures.ts';

/** A page with a form by which somebody agrees to terms. */
export interface AgreeFixture {
  readonly name: string;
  readonly html: string;
  /** Names of the documents that the note tells of, where the site's service has Terms of Service and Privacy Policy. */
  readonly names: readonly string[];
  /** What leads to the form, where it is not there from the beginning: selectors of what is clicked. */
  readonly clicks: readonly string[];
}

const TERMS = 'Terms of Service';
const PRIVACY = 'Privacy Policy';

export const pageOf = (body: string, head = ''): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A form</title>${head}</head><body>${body}</body></html>`;

const fixture = (name: string, names: readonly string[], part: Partial<AgreeFixture> = {}): AgreeFixture => ({
  name,
  names,
  html: pageOf(part.html ?? formSource(name)),
  clicks: part.clicks ?? [],
});

const LATE = `${formSource('late-rendered')}
<script>
  addEventListener('load', () => setTimeout(() => {
    document.querySelector('#root').replaceChildren(document.querySelector('#later').content.cloneNode(true));
  }, 400));
</script>`;

const CLOSED = `<lark-join></lark-join>
<script>
  customElements.define('lark-join', class extends HTMLElement {
    connectedCallback() {
      this.attachShadow({ mode: 'closed' }).innerHTML = \`<form>
        <input type="email"><input type="password" autocomplete="new-password">
        <p>By joining you accept our <a href="/terms">terms of use</a>.</p><button>Join now</button>
      </form>\`;
    }
  });
</script>`;

const STEPS = `<form>
  <div id="first"><label>Address <input type="email"></label> <button type="button" id="next">Continue</button></div>
  <div id="second" hidden>
    <label>Password <input type="password" autocomplete="new-password"></label>
    <p>By creating your account you agree to the <a href="/terms">Terms of Service</a>.</p>
    <button>Create account</button>
  </div>
</form>
<script>
  document.querySelector('#next').addEventListener('click', () => {
    document.querySelector('#first').hidden = true;
    document.querySelector('#second').hidden = false;
    document.querySelector('#second input').focus();
  });
</script>`;

const ROUTES = `<nav><a href="/join" id="join">Join</a></nav><div id="view"><p>Letters for everybody.</p></div>
<script>
  document.querySelector('#join').addEventListener('click', (event) => {
    event.preventDefault();
    history.pushState({}, '', '/join');
    document.querySelector('#view').innerHTML = \`<form><label>Address <input type="email"></label>
      <label><input type="checkbox"> I accept the <a href="/terms">terms</a> and the <a href="/privacy">privacy policy</a></label>
      <button>Sign up</button></form>\`;
  });
</script>`;

export const AGREE_FIXTURES: readonly AgreeFixture[] = [
  fixture('sign-up', [TERMS, PRIVACY]),
  fixture('checkbox', [TERMS]),
  fixture('button-wording', [TERMS]),
  fixture('checkout', [TERMS]),
  fixture('shadow-dom', [TERMS]),
  fixture('closed-shadow-dom', [TERMS], { html: CLOSED }),
  fixture('late-rendered', [TERMS], { html: LATE }),
  fixture('several-steps', [TERMS], { html: STEPS, clicks: ['#next'] }),
  fixture('another-route', [TERMS, PRIVACY], { html: ROUTES, clicks: ['#join'] }),
  fixture('german', [TERMS, PRIVACY]),
  fixture('french', [TERMS, PRIVACY]),
  fixture('spanish', [TERMS, PRIVACY]),
];

/** Forms beside which nothing is to be said, each with a form after it whose only link tells which of them was taken. */
export const OTHER_FORMS: readonly {
  readonly name: string;
  readonly html: string;
  readonly names: readonly string[];
}[] = (
  [
    ['no-log-in', PRIVACY],
    ['no-log-in-with-terms', PRIVACY],
    ['no-search', PRIVACY],
    ['no-newsletter', PRIVACY],
    ['no-password-change', PRIVACY],
    ['no-cookie-banner', TERMS],
  ] as const
).map(([name, after]) => ({ name, names: [after], html: pageOf(`${formSource(name)}${joinForm(after)}`) }));

function joinForm(document: string): string {
  const path = document === PRIVACY ? 'privacy-policy' : 'terms-of-use';
  return `<section><form><input type="email"><label><input type="checkbox"> I accept the <a href="/${path}">${document}</a></label>
    <button>Create account</button></form></section>`;
}
