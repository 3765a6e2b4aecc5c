import type { TestCollection } from '../../../helpers/small-collections.ts';

const TERMS = 'Terms of Service';

/** Names that need care in addresses, JSON, XML and SQL. */
export const ODD_SERVICES = [
  'AT&T <Mobile> "now"',
  "O'Hare; DROP TABLE version --",
  '--upload-pack=touch',
  '100% %41 ?x=1 #top + a',
  '抖音短视频 Ünïcödé',
  '<script>alert(1)</script>'.replace('/', '⁄'),
  'toString',
] as const;

/** A mirror without declarations and `metadata.yml`: all that is known of it are its records. */
export const ODD_COLLECTION: TestCollection = {
  id: 'cape',
  kind: 'mirrored',
  records: ODD_SERVICES.map((serviceId, place) => ({
    serviceId,
    termsType: TERMS,
    date: `2024-05-0${place + 1}T06:07:08Z`,
    content: `# ${serviceId}\n\nPlain words.`,
    snapshots: place === 0 ? [{ content: '<p>x</p>', location: 'https://odd.example/?a=1&b=2' }] : [],
  })),
};
