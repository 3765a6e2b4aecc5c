/**
 * The server whose files are read until another one is chosen in the options. Empty: there is no public one yet, and the
 * welcome page asks for one. The only place that names it.
 */
export const DEFAULT_SERVER = '';
