import type { DemoService } from './catalogue.ts';
import type { DemoDocument } from './demo-document.ts';
import { escapeHtml } from './page.ts';

interface Words {
  readonly terms: string;
  readonly signUp: string;
  readonly address: string;
  readonly password: string;
  readonly agree: (documents: string) => string;
  readonly submit: string;
}

const WORDS: Readonly<Record<string, Words>> = {
  en: {
    ...{ terms: 'Terms', signUp: 'Create an account', address: 'E-mail', password: 'Password', submit: 'Sign up' },
    agree: (documents) => `I have read and agree to: ${documents}`,
  },
  de: {
    ...{
      terms: 'Bedingungen',
      signUp: 'Konto anlegen',
      address: 'E-Mail',
      password: 'Passwort',
      submit: 'Registrieren',
    },
    agree: (documents) => `Ich habe gelesen und stimme zu: ${documents}`,
  },
  es: {
    ...{ terms: 'Condiciones', signUp: 'Crear una cuenta', address: 'Correo', password: 'Contraseña' },
    ...{ submit: 'Registrarse' },
    agree: (documents) => `He leído y acepto: ${documents}`,
  },
  fr: {
    ...{ terms: 'Conditions', signUp: 'Créer un compte', address: 'Courriel', password: 'Mot de passe' },
    ...{ submit: 'S’inscrire' },
    agree: (documents) => `J’ai lu et j’accepte : ${documents}`,
  },
};

/** The first page of a service: its documents, and a form to sign up by, which leads nowhere. */
export function renderHome(service: DemoService, documents: readonly DemoDocument[]): string {
  const words = WORDS[service.language] ?? WORDS.en;
  if (!words) throw new Error(`The demo has no words in ${service.language}.`);
  const links = documents.map(({ path, text }) => `<a href="${escapeHtml(path)}">${escapeHtml(titleOf(text))}</a>`);
  return `<!doctype html>
<html lang="${service.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(service.name)}</title>
<style>body{font:16px/1.5 sans-serif;margin:0 auto;max-width:44rem;padding:1rem}label{display:block;margin:.5rem 0}</style>
</head>
<body>
<h1>${escapeHtml(service.name)}</h1>
<h2>${words.terms}</h2>
<ul>
${links.map((link) => `<li>${link}</li>`).join('\n')}
</ul>
<h2>${words.signUp}</h2>
<form action="/" method="get" onsubmit="return false">
<label>${words.address} <input type="email" autocomplete="off"></label>
<label>${words.password} <input type="password" autocomplete="new-password"></label>
<label><input type="checkbox"> ${words.agree(links.join(', '))}</label>
<button>${words.submit}</button>
</form>
</body>
</html>
`;
}

const titleOf = (text: string): string => /^# (.*)$/m.exec(text)?.[1] ?? '';
