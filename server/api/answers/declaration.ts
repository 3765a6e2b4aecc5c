import type { Terms } from '../../../archive/declarations/service.ts';
import type { Declaration } from '../contract.ts';

export const toDeclaration = (collection: string, terms: Terms): Declaration => ({
  collection,
  serviceId: terms.serviceId,
  termsType: terms.type,
  validUntil: terms.validUntil?.toISOString() ?? null,
  sourceDocuments: terms.sourceDocuments.map((document) => ({
    id: document.id,
    location: document.location,
    select: document.select ?? null,
    remove: document.remove ?? null,
    filter: document.filter,
    executeClientScripts: document.executeClientScripts ?? null,
  })),
});
