/** JSON Schemas of the valibot schemas that other programs need. */
import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';

export interface JsonSchemaOptions {
  readonly id: string;
  readonly title: string;
  /** Exports of modules: a schema `runtimeSummarySchema` among them is the definition `RuntimeSummary`. */
  readonly exports?: Readonly<Record<string, unknown>>;
}

/**
 * The published schema is strict: it allows no member that it does not name. (The valibot schemas of a report leave
 * unknown members out, so that a report of a later version can be read.)
 */
export function jsonSchemaOf(schema: GenericSchema, { id, title, exports = {} }: JsonSchemaOptions): JsonSchema {
  const { $schema, description, $defs, ...rest } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    // What a file holds, before defaults are filled in.
    typeMode: 'input',
    // JSON Schema has no words for it.
    ignoreActions: ['check_items'],
    definitions: namedSchemas(exports, schema),
    overrideSchema: ({ valibotSchema, jsonSchema }) =>
      valibotSchema.type === 'object' ? { ...jsonSchema, additionalProperties: false } : undefined,
  });
  return {
    ...($schema !== undefined && { $schema }),
    $id: id,
    title,
    ...(description !== undefined && { description }),
    ...rest,
    ...($defs !== undefined && { $defs }),
  };
}

export function jsonText(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function namedSchemas(exports: Readonly<Record<string, unknown>>, root: GenericSchema): Record<string, GenericSchema> {
  const schemas = Object.entries(exports).filter(
    (entry): entry is [string, GenericSchema] => entry[0].endsWith('Schema') && entry[1] !== root,
  );
  return Object.fromEntries(
    schemas.map(([name, schema]) => [name.charAt(0).toUpperCase() + name.slice(1, -'Schema'.length), schema]),
  );
}
