import { type Fault, memberPath } from '../declarations/fault.ts';
import type { Service, Terms } from '../declarations/service.ts';

/**
 * A service as its files declare it now, with what they declared before in the place of what faults took out of them. A
 * fault with which terms are tracked all the same, such as an unknown terms type, takes nothing out.
 *
 * @param fresh undefined where faults leave nothing of the service.
 * @param faults of the present files, other services' among them.
 */
export function withoutLosses(
  fresh: Service | undefined,
  former: Service | undefined,
  faults: readonly Fault[],
): Service | undefined {
  if (!fresh || !former) return fresh ?? former;
  const own = faults.filter(({ service }) => service === fresh.id);
  if (own.length === 0) return fresh;
  const isLost = ({ type }: Terms): boolean => {
    if (fresh.terms.some((terms) => terms.type === type)) return false;
    const at = memberPath('terms', type);
    return own.some(({ path }) => path === at || path.startsWith(`${at}.`) || path.startsWith(`${at}[`));
  };
  const isHistoryFaulty = own.some(({ file }) => file.endsWith('.history.json'));
  return {
    ...fresh,
    terms: [...fresh.terms, ...former.terms.filter(isLost)],
    history: isHistoryFaulty ? former.history : fresh.history,
  };
}
