/**
 * Where the person stands. npm runs scripts in the package's own folder and keeps the caller's in INIT_CWD; that is
 * believed only below npm, so that a variable left over from an outer script cannot mislead a direct call.
 */
export function callerDirectory(env: NodeJS.ProcessEnv = process.env): string {
  return env.npm_lifecycle_event !== undefined && env.INIT_CWD ? env.INIT_CWD : process.cwd();
}
