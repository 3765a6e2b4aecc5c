import { readFile } from 'node:fs/promises';
import type { DemoDocument } from './demo-document.ts';

/** A fictional service of the demo. */
export interface DemoService {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  /** Where its customers use it, in the story; IP addresses stand for nobody's site. */
  readonly domain: string;
}

export const demoServices: readonly DemoService[] = [
  { id: 'Larkmail', name: 'Larkmail', language: 'en', domain: 'larkmail.example' },
  { id: 'Kistentausch', name: 'Kistentausch', language: 'de', domain: 'kistentausch.example' },
  { id: 'Nimbo Viajes', name: 'Nimbo Viajes', language: 'es', domain: 'nimboviajes.example' },
  { id: 'Telebrume', name: 'Télébrume', language: 'fr', domain: 'telebrume.example' },
];

type Entry = Pick<DemoDocument, 'key' | 'path'> & Partial<DemoDocument>;

const entries: readonly Entry[] = [
  {
    key: 'Larkmail/terms',
    path: '/legal/terms',
    advertsBeside: [
      'Try Larkmail Family for a month',
      'Larkmail for your club: half price',
      'Bring a friend, get 5 GB',
    ],
  },
  { key: 'Larkmail/privacy', path: '/legal/privacy', sendsEtag: true },
  { key: 'Larkmail/assistant', path: '/assistant/policy', rendering: 'script' },
  { key: 'Kistentausch/agb', path: '/agb.html', container: 'inhalt', visitorCounter: 'Sie sind heute Besucher Nr.' },
  { key: 'Kistentausch/datenschutz', path: '/datenschutz', container: 'inhalt', rendering: 'script' },
  { key: 'Nimbo Viajes/condiciones-generales', path: '/legal/condiciones-generales', sendsEtag: true },
  { key: 'Nimbo Viajes/reservas', path: '/legal/reservas', sendsEtag: true },
  { key: 'Nimbo Viajes/cancelaciones', path: '/legal/cancelaciones' },
  { key: 'Nimbo Viajes/privacidad', path: '/legal/privacidad', advertInside: '¡Vuelos a Lisboa desde 29 €!' },
  { key: 'Telebrume/conditions', path: '/documents/conditions-generales.pdf', rendering: 'pdf', sendsEtag: true },
  { key: 'Telebrume/confidentialite', path: '/confidentialite', sendsEtag: true },
  // Broken on purpose: the declaration of the demo expects the class `legal-content`.
  { key: 'Telebrume/charte', path: '/charte', container: 'charte-contenu' },
];

/** The documents as they stand before the first change, in the order of the services. */
export function readDemoDocuments(): Promise<DemoDocument[]> {
  return Promise.all(
    entries.map(async (entry) => ({
      serviceId: entry.key.split('/')[0] ?? '',
      rendering: 'page',
      sendsEtag: false,
      container: 'legal-content',
      advertsBeside: [],
      advertInside: '',
      visitorCounter: '',
      text: await readFile(
        new URL(`services/${encodeURIComponent(entry.key).replace('%2F', '/')}.md`, import.meta.url),
        'utf8',
      ),
      ...entry,
    })),
  );
}
