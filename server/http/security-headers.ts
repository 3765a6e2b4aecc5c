import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { ClientOf } from './client.ts';

const self = ["'self'"];
const none = ["'none'"];

/** Half a year, this host alone: who runs the server may have other hosts below it. */
const HSTS = 'max-age=15552000';

/** Nothing but what this server itself sends is loaded or run, no script stands in a document, nobody frames it. */
export function securityHeaders(clientOf: ClientOf): MiddlewareHandler {
  const options = {
    contentSecurityPolicy: {
      defaultSrc: none,
      scriptSrc: self,
      styleSrc: self,
      imgSrc: self,
      fontSrc: self,
      connectSrc: self,
      manifestSrc: self,
      formAction: self,
      baseUri: none,
      frameAncestors: none,
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'no-referrer',
    // What is read here is public; other sites may show it.
    crossOriginResourcePolicy: 'cross-origin',
    // Of no use to browsers of today, and each costs time in every answer.
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
    originAgentCluster: false,
    // A router may be stricter for what it answers.
    overwrite: false,
  };
  const plain = secureHeaders({ ...options, strictTransportSecurity: false });
  const secure = secureHeaders({ ...options, strictTransportSecurity: HSTS });
  return (c, next) => (clientOf(c).isSecure ? secure : plain)(c, next);
}
