import type { LegalKind } from './agree-messages.ts';

/*
 * Words of forms in English, German, French, Spanish, Italian and Portuguese. Every pattern is a list of plain
 * alternatives without nested repetition, so that a text of any length is read in linear time.
 */

const SALE =
  /\b(?:conditions? of sale|sales? conditions|terms of (?:sale|purchase)|agb|cgv)\b|verkaufsbedingungen|conditions générales de vente|condiciones (?:generales )?de (?:venta|compra)|condizioni (?:generali )?di vendita/i;
const TERMS =
  /\b(?:terms|conditions|user agreement|service agreement|customer agreement|tos|eula|cgu|legal)\b|nutzungsbedingungen|geschäftsbedingungen|teilnahmebedingungen|conditions (?:générales|d[’']utilisation)|términos|condiciones|condizioni|termini|termos|condições/i;
const PRIVACY =
  /\bprivacy|\bprivacidad|datenschutz|confidentialité|vie privée|données personnelles|protección de datos/i;
const COOKIES = /cookie/i;

const AGREEING =
  /\b(?:agree(?:d|ing)?|accept(?:ing)?|consent|acknowledge|have read|bound by|subject to)\b|akzeptiere|stimme\b|stimmst|stimmen sie|zustimm|zugestimmt|einverstanden|gelesen|erkenne|anerkenn|gelten unsere|j[’']accepte|accept(?:e[rsz]|ant)|reconnais|avoir lu|j[’']ai lu|\bacepto|acept(?:as?\b|ar|ando)|he leído|estoy de acuerdo|\baccetto|accetti|accettare|\baceit[ao]|concordo/i;

const SIGNING_UP =
  /\bsign(?:ing)?[ -]?up|\bregister\b|\bregistration\b|\b(?:create|open) (?:an |my |your |a free )?account|\bjoin\b|\bget started|\bstart (?:my |your )?(?:free )?trial|registrieren|konto (?:erstellen|anlegen|eröffnen)|neues konto|[ms][’']inscrire|inscription|inscrivez|créer (?:un |mon |votre )?compte|ouvrir un compte|reg[ií]str|crear (?:una |mi |tu )?cuenta|crea tu cuenta|darse de alta|iscriviti|crea (?:un )?account|criar conta|cadastr/i;
const BUYING =
  /\bplace (?:my |your |the )?order|\b(?:order|book) now|\b(?:buy|purchase|pay)\b|\bcheck ?out|\bcomplete (?:my |your |the )?(?:order|purchase|booking)|\bconfirm (?:and|my|your) |\bsubscribe (?:now|and pay)|kaufen|bestellen|zahlungspflichtig|bezahlen|buchen|commander|acheter|payer|valider (?:ma|la|votre) commande|réserver|comprar|pagar|realizar (?:el )?pedido|finalizar (?:la )?compra|reservar|acquista|ordina/i;
const LOGGING_IN =
  /\b(?:log(?:ging)?|sign(?:ing)?)[ -]?in\b|einloggen|\banmelden\b|se connecter|connexion|connectez-vous|iniciar? sesión|\bentrar\b|acceder|\baccedi\b/i;

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
