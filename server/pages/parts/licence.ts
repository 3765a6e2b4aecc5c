import { NO_LICENCE, OWN_LICENCE } from '../../../archive/dataset/licence.ts';
import type { Html } from '../frame.ts';
import { outsideLink } from './outside-link.ts';

/** The name of a licence; undefined where nothing names one, or none that others would know. */
export const licenceName = (id: string): string | undefined =>
  id === NO_LICENCE || id === OWN_LICENCE ? undefined : id;

/** To its text, where it is one of the list that everybody knows. */
export const licenceLink = (name: string): Html | string =>
  /^(?!LicenseRef-)[A-Za-z0-9][A-Za-z0-9.+-]*$/.test(name)
    ? outsideLink(`https://spdx.org/licenses/${encodeURIComponent(name)}.html`, name)
    : name;
