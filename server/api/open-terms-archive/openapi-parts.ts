/** What our hand-written OpenAPI 3.1 documents are made of; the rest of the format is not needed. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
    readonly license: { readonly name: string; readonly url: string };
  };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, { readonly get: Operation }>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export type Schema = Readonly<Record<string, unknown>>;

export interface Operation {
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly responses: Readonly<Record<string, Answer>>;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly description: string;
  readonly schema: Schema;
}

interface Answer {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

export const INFO_LICENSE = { name: 'EUPL-1.2', url: 'https://eupl.eu/1.2/' };

export const text: Schema = { type: 'string' };
export const flag: Schema = { type: 'boolean' };
export const count: Schema = { type: 'integer', minimum: 0 };
export const moment: Schema = { type: 'string', format: 'date-time' };
export const link: Schema = { type: 'string', format: 'uri' };
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const listOf = (items: Schema): Schema => ({ type: 'array', items });
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** An object of which all properties are always there but the optional ones. */
export const object = (
  properties: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema => ({ type: 'object', required: Object.keys(properties), properties: { ...properties, ...optional } });

export const errorSchema = object({ error: text });

/** A GET; the parameters of its path are read from the path. */
export function operation(
  path: string,
  tag: string,
  summary: string,
  answers: Readonly<Record<string, Answer>>,
  more: { readonly description?: string; readonly query?: Readonly<Record<string, readonly [string, Schema]>> } = {},
): readonly [string, { readonly get: Operation }] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']): Parameter => {
    const [description, schema] = PATH_PARAMETERS[name] ?? ['', text];
    return { name, in: 'path', required: true, description, schema };
  });
  const inQuery = Object.entries(more.query ?? {}).map(
    ([name, [description, schema]]): Parameter => ({ name, in: 'query', required: false, description, schema }),
  );
  return [
    path,
    {
      get: {
        summary,
        ...(more.description === undefined ? {} : { description: more.description }),
        tags: [tag],
        parameters: [...inPath, ...inQuery],
        responses: answers,
      },
    },
  ];
}

const PATH_PARAMETERS: Readonly<Record<string, readonly [string, Schema]>> = {
  serviceId: ['Id of the service, case-sensitive, percent-encoded.', text],
  termsType: ['Type of the terms, such as “Privacy Policy”, percent-encoded.', text],
  versionId: ['Id of the version: a full commit hash.', { type: 'string', pattern: '^[0-9a-f]{40}$' }],
  date: [
    'ISO 8601 date and time; UTC where it names no offset. The version that was in force then is answered.',
    moment,
  ],
};

export const json = (description: string, schema: Schema): Answer => ({
  description,
  content: { 'application/json': { schema } },
});

export const refusal = (description: string): Answer => json(description, ref('Error'));

export const NOT_MODIFIED: Answer = { description: 'The reader has this state already.' };

export const PAGE = {
  limit: ['How many at most.', { type: 'integer', minimum: 1, maximum: 500, default: 100 }],
  offset: ['How many to leave out first.', { type: 'integer', minimum: 0, default: 0 }],
} as const;
