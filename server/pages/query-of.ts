export type QueryValues = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** `?a=1&b=2&b=3`, empty where nothing is left. */
export function queryOf(values: QueryValues = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
