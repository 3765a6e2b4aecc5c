import type { ApiDocument } from '../document.ts';
import { type ShapePart, shapeOf } from './shape.ts';

/** A route as the page shows it. */
export interface ShownRoute {
  readonly anchor: string;
  readonly path: string;
  /** With what its address begins, where that is not the API's own. */
  readonly server: string | undefined;
  readonly tag: string;
  readonly summary: string;
  readonly description: string | undefined;
  readonly parameters: readonly ShownParameter[];
  readonly statuses: readonly { readonly status: string; readonly description: string; readonly types: string }[];
  /** Name of the schema of its JSON answer. */
  readonly answer: string | undefined;
}

export interface ShownParameter {
  readonly name: string;
  readonly where: string;
  readonly isRequired: boolean;
  readonly description: string;
  /** Type, range and default in words. */
  readonly form: string;
}

type Json = { readonly [key: string]: unknown };

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const member = (value: unknown, key: string): Json => {
  const found = isObject(value) ? value[key] : undefined;
  return isObject(found) ? found : {};
};
const words = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The routes of a document, in its order. */
export const routesOf = (document: ApiDocument): ShownRoute[] =>
  Object.entries(document.paths ?? {}).map(([path, item]) =>
    toRoute(path, member(item, 'get'), item?.servers?.[0]?.url),
  );

/** The named shapes of a document's answers, by name. */
export const shapesOf = (document: ApiDocument): { readonly name: string; readonly parts: readonly ShapePart[] }[] =>
  Object.entries(document.components?.schemas ?? {})
    .map(([name, schema]) => ({ name, parts: shapeOf(schema) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

function toRoute(path: string, operation: Json, server: string | undefined): ShownRoute {
  const { tags, parameters } = operation;
  const reference = words(
    member(member(member(member(member(operation, 'responses'), '200'), 'content'), 'application/json'), 'schema').$ref,
  );
  return {
    anchor: path.replaceAll(/[^a-zA-Z]+/g, '-').replaceAll(/^-|-$/g, ''),
    path,
    server,
    tag: Array.isArray(tags) ? words(tags[0]) : '',
    summary: words(operation.summary),
    description: operation.description === undefined ? undefined : words(operation.description),
    parameters: (Array.isArray(parameters) ? parameters : []).filter(isObject).map(toParameter),
    statuses: Object.entries(member(operation, 'responses')).map(([status, response]) => ({
      status,
      description: words(isObject(response) ? response.description : ''),
      types: Object.keys(member(response, 'content')).join(', '),
    })),
    answer: reference === '' ? undefined : reference.split('/').at(-1),
  };
}

function toParameter(parameter: Json): ShownParameter {
  const schema = member(parameter, 'schema');
  return {
    name: words(parameter.name),
    where: words(parameter.in),
    isRequired: parameter.required === true,
    description: words(parameter.description) || words(schema.description),
    form: formOf(schema),
  };
}

function formOf(schema: Json): string {
  const parts = [
    Array.isArray(schema.enum) ? `one of ${schema.enum.join(', ')}` : words(schema.type),
    typeof schema.minimum === 'number' && typeof schema.maximum === 'number'
      ? `${schema.minimum.toLocaleString('en')} to ${schema.maximum.toLocaleString('en')}`
      : '',
    typeof schema.maxLength === 'number' ? `up to ${schema.maxLength.toLocaleString('en')} characters` : '',
    typeof schema.maxItems === 'number' ? `up to ${schema.maxItems}` : '',
    schema.default === undefined ? '' : `default ${String(schema.default)}`,
  ];
  return parts.filter((part) => part !== '').join('; ');
}
