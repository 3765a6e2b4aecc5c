import type { Hook, z } from '@hono/zod-openapi';
import type { Env } from 'hono';
import { ApiError } from './api-error.ts';
import type { RequestFault } from './contract.ts';

/** Refuses a request whose parameters cannot be read, with all that is wrong with them. */
export const refuseInvalid: Hook<unknown, Env, string, undefined> = (result) => {
  if (result.success) return undefined;
  throw invalidRequest(result.error.issues);
};

/** The refusal of a request, with all that is wrong with its parameters. */
export function invalidRequest(issues: readonly z.core.$ZodIssue[]): ApiError {
  const faults = issues.flatMap(toFaults);
  return new ApiError(
    'invalid-request',
    faults.map(({ parameter, message }) => `“${parameter}” ${message}.`).join(' '),
    {
      next: 'The parameters of each route are described at /api/docs.',
      faults,
    },
  );
}

function toFaults(issue: z.core.$ZodIssue): RequestFault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ parameter: key.slice(0, 60), message: 'is no parameter of this route' }));
  }
  return [{ parameter: String(issue.path[0] ?? ''), message: issue.message }];
}
