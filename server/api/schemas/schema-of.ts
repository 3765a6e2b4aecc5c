import { z } from '@hono/zod-openapi';

/** Objects and arrays as readonly all the way down, so that types are compared by what they hold. */
type Readonlys<T> = T extends readonly (infer Item)[]
  ? readonly Readonlys<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Readonlys<T[Key]> }
    : T;

type Same<A, B> = [Readonlys<A>] extends [Readonlys<B>]
  ? [Readonlys<B>] extends [Readonlys<A>]
    ? true
    : false
  : false;

/**
 * Names a schema in the OpenAPI document, and holds it to its type in the contract: a schema that accepts more or less
 * does not compile.
 */
export const schemaOf =
  <T>() =>
  <Schema extends z.ZodType>(name: string, schema: Same<z.output<Schema>, T> extends true ? Schema : never) =>
    (schema as Schema).openapi(name);

export const date = z.iso.datetime().openapi({ example: '2026-03-01T10:00:00.000Z' });
export const count = z.int().min(0);
export const recordId = z.string().openapi({ description: 'Full commit hash.', example: 'a'.repeat(40) });

/** A named shape or null: `.nullable()` would make the shape itself nullable wherever it is named in the document. */
export const orNull = <Schema extends z.ZodType>(schema: Schema) => z.union([schema, z.null()]);
