import type { LegalKind } from './agree-messages.ts';

/*
 * Words of forms in English, German, French, Spanish, Italian and Portuguese. Every pattern is a list of plain
 * alternatives without nested repetition, so that a text of any length is read in linear time.
 */

const SALE =
  /\b(?:conditions? of sale|sales? conditions|terms of sale|terms of purchase|agb|cgv)\b|verkaufsbedingungen|conditions générales de vente|condiciones (?:generales )?de (?:venta|compra)|condizioni (?:generali )?di vendita/i;
const TERMS =
  /\b(?:terms|conditions|user agreement|service agreement|customer agreement|tos|eula|cgu|agb|legal)\b|nutzungsbedingungen|geschäftsbedingungen|teilnahmebedingungen|conditions (?:générales|d[’']utilisation)|términos|condiciones|condizioni|termini|termos|condições/i;
const PRIVACY =
  /\bprivacy|\bprivacidad|\bprivacidade|datenschutz|confidentialité|vie privée|données personnelles|protección de datos/i;
const COOKIES = /cookie/i;

const AGREEING =
  /\b(?:agree|agreeing|agreed|accept|accepting|consent|acknowledge|have read|bound by|subject to)\b|akzeptiere|stimme\b|stimmst|stimmen sie|zustimm|zugestimmt|einverstanden|gelesen|erkenne|anerkenn|gelten unsere|j[’']accepte|acceptez|acceptes|accepter|acceptant|reconnais|avoir lu|j[’']ai lu|\bacepto|\baceptas?\b|aceptar|aceptando|acepta\b|he leído|estoy de acuerdo|\baccetto|accetti|accettare|\baceito|\baceita|concordo/i;

const SIGNING_UP =
  /\bsign(?:ing)?[ -]?up|\bregister\b|\bregistration\b|\bcreate (?:an |my |your |a free )?account|\bjoin\b|\bget started|\bopen (?:an |my )?account|\bstart (?:my |your )?(?:free )?trial|registrieren|konto (?:erstellen|anlegen|eröffnen)|neues konto|s[’']inscrire|inscription|m[’']inscrire|inscrivez|créer (?:un |mon |votre )?compte|ouvrir un compte|reg[ií]str|crear (?:una |mi |tu )?cuenta|crea tu cuenta|darse de alta|iscriviti|crea (?:un )?account|criar conta|cadastr/i;
const BUYING =
  /\bplace (?:my |your |the )?order|\border now|\bbuy\b|\bpurchase\b|\bcheckout|\bcheck out|\bpay\b|\bpay now|\bcomplete (?:my |your |the )?(?:order|purchase|booking)|\bbook now|\bconfirm (?:and|my|your) |\bsubscribe (?:now|and pay)|kaufen|bestellen|zahlungspflichtig|bezahlen|buchen|commander|acheter|payer|valider (?:ma|la|votre) commande|réserver|comprar|pagar|realizar (?:el )?pedido|finalizar (?:la )?compra|reservar|acquista|ordina/i;
const LOGGING_IN =
  /\blog(?:ging)?[ -]?in\b|\bsign(?:ing)?[ -]?in\b|einloggen|\banmelden\b|se connecter|connexion|connectez-vous|iniciar sesión|inicia sesión|\bentrar\b|acceder|\baccedi\b/i;

/** What a link's words say that it leads to; where they say nothing (“here”), its address does. Only cookies: nothing. */
export function legalKind(text: string, path: string): LegalKind | undefined {
  return kindIn(text) ?? (COOKIES.test(text) ? undefined : kindIn(path.replace(/[-_/.]+/g, ' ')));
}

function kindIn(text: string): LegalKind | undefined {
  if (PRIVACY.test(text)) return 'privacy';
  if (SALE.test(text)) return 'sale';
  return TERMS.test(text) ? 'terms' : undefined;
}

export const saysAgreement = (text: string): boolean => AGREEING.test(text);
export const saysSignUp = (text: string): boolean => SIGNING_UP.test(text);
export const saysPurchase = (text: string): boolean => BUYING.test(text);
export const saysLogIn = (text: string): boolean => LOGGING_IN.test(text);
export const saysCookies = (text: string): boolean => COOKIES.test(text);
