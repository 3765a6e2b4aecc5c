import { browser } from 'wxt/browser';
import { type AgreeLink, type AgreeNote, LEGAL_KINDS, type LegalKind } from '../agree/agree-messages.ts';
import { agreeNote } from '../agree/agree-note.ts';
import { type AgreedDocument, agreedDocuments } from '../agree/agreed-documents.ts';
import { openFiles } from '../files/open-files.ts';
import { knownOfSite } from '../news/news-of-site.ts';
import { siteOfTab } from '../popup/site-of-tab.ts';
import { asRecord, asTexts } from '../state/heal.ts';
import { keepReceipt, readReceipts } from '../state/receipts.ts';
import { readSettings } from '../state/settings.ts';
import { websiteAddresses } from '../views/website-addresses.ts';
import { loadWords } from '../words/words.ts';
import { answerWith, type Sender } from './answer.ts';

/** Answers the script beside forms. */
export function answerAgreeMessages(): void {
  answerWith((message, sender) => {
    const { kind } = asRecord(message);
    const isMeant = kind === 'agree_look' || kind === 'agree_keep' || kind === 'agree_open';
    return isMeant && sender.id === browser.runtime.id ? answerAgree(message, sender, new Date()) : undefined;
  });
}

/**
 * @returns what the chip says (undefined: nothing), or whether something was kept or opened. A message's own words are worth
 * nothing beyond which kinds of documents and which line are meant: it comes out of a website's process.
 */
export async function answerAgree(
  message: unknown,
  sender: Sender,
  now: Date,
): Promise<AgreeNote | boolean | undefined> {
  const { kind, kinds, place, what } = asRecord(message);
  const documents = await documentsFor(sender, readKinds(kinds));
  if (kind === 'agree_look') return documents.length > 0 ? agreeNote(documents, await ownWords()) : undefined;
  if (kind === 'agree_keep') return documents.length > 0 && keep(documents, now);
  const document = typeof place === 'number' ? documents[place] : undefined;
  return document !== undefined && open(document, what === 'since' ? 'since' : 'history', now);
}

const readKinds = (kinds: unknown): readonly LegalKind[] => LEGAL_KINDS.filter((kind) => asTexts(kinds).includes(kind));

const ownWords = async () => loadWords((await readSettings()).language);

async function documentsFor({ url, tab }: Sender, kinds: readonly LegalKind[]): Promise<readonly AgreedDocument[]> {
  const site = siteOfTab(tab);
  const frame = siteOfTab({ url });
  if (typeof site === 'string' || typeof frame === 'string' || !(await readSettings()).agreeMoment) return [];
  const services = await knownOfSite(site.host);
  // A frame of somebody else's in a site is not this site's form.
  if (services.length === 0 || !(await isSameSite(site.host, frame.host))) return [];
  const receipts = await readReceipts();
  return agreedDocuments(services, kinds, receipts);
}

/** Whether a frame belongs to a site: its own host, or one that stands for the same services. */
async function isSameSite(site: string, frame: string): Promise<boolean> {
  if (site === frame) return true;
  const [there, here] = await Promise.all([knownOfSite(site), knownOfSite(frame)]);
  return here.some(({ key }) => there.some((service) => service.key === key));
}

async function keep(documents: readonly AgreedDocument[], now: Date): Promise<boolean> {
  const agreedAt = now.toISOString();
  try {
    for (const { key, serviceName, type, versionId, versionDate } of documents) {
      await keepReceipt({ key, serviceName, termsType: type, versionId, versionDate, agreedAt });
    }
    return true;
  } catch (error) {
    console.error(error);
    return false;
  }
}

/** In a tab of its own, without saying where it was clicked. */
async function open(
  { collection, serviceId, type, receipt }: AgreedDocument,
  what: AgreeLink,
  now: Date,
): Promise<boolean> {
  const [files, { language }] = await Promise.all([openFiles(), ownWords()]);
  const website = files?.manifest.website ?? '';
  if (!URL.canParse(website) || !/^https?:$/.test(new URL(website).protocol)) return false;
  const addresses = websiteAddresses(website, language);
  const terms = { collection, serviceId, type };
  const url =
    what === 'since' && receipt
      ? addresses.redlineBetween(
          terms,
          (receipt.versionDate ?? receipt.agreedAt).slice(0, 10),
          now.toISOString().slice(0, 10),
        )
      : addresses.terms(terms);
  await browser.tabs.create({ url });
  return true;
}
