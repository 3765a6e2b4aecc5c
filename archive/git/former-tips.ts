/** Where a mirror keeps the ends of histories that its source abandoned: `…/1` the oldest. What others link to stays. */
export const FORMER_TIPS = 'refs/clausewatch/former';
