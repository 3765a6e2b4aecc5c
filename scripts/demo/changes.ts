import type { ChangingPart, DemoDocument } from './demo-document.ts';

/** One thing that a service publishes: `find`, which stands once in that part of the document, becomes `replace`. */
export interface ScriptedChange {
  readonly document: string;
  readonly part: ChangingPart;
  readonly find: string;
  readonly replace: string;
  /** A sentence for the person who watches. */
  readonly description: string;
}

const text = (document: string, description: string, find: string, replace: string): ScriptedChange => ({
  document,
  part: 'text',
  find,
  replace,
  description,
});

const courts = 'Otherwise the courts of Galway have jurisdiction.';
const arbitration = `${courts}

If you live outside the European Union, any dispute is settled by binding individual arbitration, and not in court. You and we give up the right to a trial by jury and the right to take part in class actions. You may refuse this paragraph by writing to legal@larkmail.example within 30 days of opening your account.`;

const once: readonly ScriptedChange[] = [
  text(
    'Larkmail/terms',
    'Larkmail adds arbitration to its terms: customers outside the EU give up going to court.',
    courts,
    arbitration,
  ),
  text(
    'Telebrume/conditions',
    'Télébrume raises the fee for late payment from 7,50 to 12 euros, in its PDF.',
    'des frais de 7,50 euros',
    'des frais de 12 euros',
  ),
  text(
    'Kistentausch/agb',
    'Kistentausch may now end contracts with 14 instead of 30 days of notice.',
    'mit einer Frist von 30 Tagen zum Monatsende',
    'mit einer Frist von 14 Tagen',
  ),
  text(
    'Larkmail/assistant',
    'Larkmail will train its models on what people ask the Assistant (a page that needs scripts).',
    'We do not use your messages, your requests or the results to train any model.',
    'We use your requests and the results, together with the messages that they refer to, to train and improve our models, unless you object in the settings.',
  ),
  text(
    'Larkmail/privacy',
    'Larkmail changes nothing in its privacy policy but the date.',
    'Effective: 3 March 2026',
    'Effective: 1 April 2026',
  ),
  text(
    'Larkmail/terms',
    'Larkmail prints a phrase in bold: formatting only.',
    'at least 16 years old',
    '**at least 16 years old**',
  ),
  text(
    'Nimbo Viajes/privacidad',
    'Nimbo Viajes moves its cookie settings: the target of a link only.',
    '(https://nimboviajes.example/cookies)',
    '(https://nimboviajes.example/ajustes/cookies)',
  ),
  {
    document: 'Telebrume/charte',
    part: 'container',
    find: 'charte-contenu',
    replace: 'legal-content',
    description: 'Télébrume repairs its usage charter, where the declared selector matched nothing until now.',
  },
  text(
    'Kistentausch/datenschutz',
    'Kistentausch will pass searches on to advertising networks (a page that needs scripts).',
    'Daten an Werbenetzwerke geben wir nicht weiter.',
    'Ihre Suchen und die Kennung Ihres Gerätes geben wir an Werbenetzwerke weiter, die Ihnen auch auf anderen Seiten passende Angebote zeigen.',
  ),
  text(
    'Larkmail/terms',
    'Larkmail takes the arbitration clause back: its terms return to the earlier text there.',
    arbitration,
    courts,
  ),
  text(
    'Nimbo Viajes/cancelaciones',
    'Nimbo Viajes doubles the cost of early cancellation, in one of the three documents of its terms.',
    '| 30 días o más | 10 % del precio |',
    '| 30 días o más | 20 % del precio |',
  ),
  {
    document: 'Nimbo Viajes/privacidad',
    part: 'advertInside',
    find: 'Vuelos a Lisboa desde 29 €',
    replace: 'Hoteles en Oporto: segunda noche gratis',
    description: 'Nimbo Viajes shows another advertisement amid its privacy policy: noise.',
  },
  text(
    'Larkmail/terms',
    'Larkmail raises the price of its Personal plan from €3.50 to €4.50.',
    '| €3.50 |',
    '| €4.50 |',
  ),
  {
    document: 'Nimbo Viajes/privacidad',
    part: 'advertInside',
    find: 'Hoteles en Oporto: segunda noche gratis',
    replace: 'Vuelos a Lisboa desde 29 €',
    description: 'Nimbo Viajes shows the former advertisement again: noise that flips back.',
  },
  text(
    'Kistentausch/agb',
    'Kistentausch rewords a sentence without changing what it says.',
    'Die Übergabe findet innerhalb von 14 Tagen statt',
    'Die Übergabe hat binnen 14 Tagen stattzufinden',
  ),
  text(
    'Telebrume/confidentialite',
    'Télébrume keeps location data for twelve months instead of a day.',
    'les données de localisation vingt-quatre heures avant',
    'les données de localisation douze mois avant',
  ),
];

/** What the services publish, one after the other; the second half takes the first back, so it can go round for ever. */
export const scriptedChanges: readonly ScriptedChange[] = [
  ...once,
  ...once.toReversed().map((change) => ({
    ...change,
    find: change.replace,
    replace: change.find,
    description: `Taken back: ${change.description}`,
  })),
];

/**
 * The document after the change.
 * @throws {Error} when the document does not hold what the change replaces, exactly once: text and script disagree
 */
export function applyChange(document: DemoDocument, { part, find, replace }: ScriptedChange): DemoDocument {
  const pieces = document[part].split(find);
  if (pieces.length !== 2) {
    throw new Error(
      `${document.key}: its ${part} holds “${find.slice(0, 60)}” ${pieces.length - 1} times instead of once. ` +
        'Correct scripts/demo/changes.ts or the text in scripts/demo/services.',
    );
  }
  return { ...document, [part]: pieces.join(replace) };
}
