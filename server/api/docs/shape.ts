/** A piece of a schema's shape as a person reads it: text, or the name of another schema. */
export type ShapePart = string | { readonly schema: string };

type Json = { readonly [key: string]: unknown };

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A JSON Schema of an answer in short: `{ data: Service[], nextCursor: string or null }`, with line breaks. */
export const shapeOf = (schema: unknown): ShapePart[] => toParts(isObject(schema) ? schema : {}, '');

function toParts(schema: Json, indent: string): ShapePart[] {
  const { $ref: reference, type, properties, items, additionalProperties } = schema;
  if (typeof reference === 'string') return [{ schema: reference.split('/').at(-1) ?? '' }];
  const choices = [schema.anyOf, schema.oneOf].find(Array.isArray)?.filter(isObject);
  if (choices) return choices.flatMap((one, place) => [...(place > 0 ? [' or '] : []), ...toParts(one, indent)]);
  const [all] = Array.isArray(schema.allOf) ? schema.allOf.filter(isObject) : [];
  if (all) return toParts(all, indent);
  if (Array.isArray(schema.enum)) return [schema.enum.map((value) => JSON.stringify(value)).join(' or ')];
  const types = (Array.isArray(type) ? type : [type]).filter((name) => typeof name === 'string');
  const orNull = types.includes('null') && types.length > 1 ? [' or null'] : [];
  if (isObject(properties)) return [...membersOf(properties, schema.required, indent), ...orNull];
  if (isObject(items)) return ['list of ', ...toParts(items, indent), ...orNull];
  if (isObject(additionalProperties) && Object.keys(additionalProperties).length > 0) {
    return ['name → ', ...toParts(additionalProperties, indent), ...orNull];
  }
  const plain = types.filter((name) => name !== 'null' || types.length === 1).join(' or ');
  return [schema.format === 'date-time' ? 'date' : plain || 'anything', ...orNull];
}

function membersOf(properties: Json, required: unknown, indent: string): ShapePart[] {
  const inner = `${indent}  `;
  const isRequired = (name: string): boolean => Array.isArray(required) && required.includes(name);
  const lines = Object.entries(properties).flatMap(([name, value]) => [
    `\n${inner}${name}${isRequired(name) ? '' : '?'}: `,
    ...toParts(isObject(value) ? value : {}, inner),
  ]);
  return ['{', ...lines, `\n${indent}}`];
}
