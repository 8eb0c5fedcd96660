/** Turns valibot schemas into JSON Schemas for other programs. */
import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';

export interface JsonSchemaOptions {
  readonly id: string;
  readonly title: string;
  /** Exports of modules. A schema `runtimeSummarySchema` among them becomes the definition `RuntimeSummary`. */
  readonly exports?: Readonly<Record<string, unknown>>;
}

/**
 * The published schema is strict: it rejects members that it does not name. The valibot schemas of a report drop
 * unknown members instead, so that they can read a report of a later version.
 */
export function jsonSchemaOf(schema: GenericSchema, { id, title, exports = {} }: JsonSchemaOptions): JsonSchema {
  const { $schema, description, $defs, ...rest } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    // The content of a file, before defaults are filled in.
    typeMode: 'input',
    // JSON Schema cannot express them.
    ignoreActions: ['check', 'check_items', 'raw_transform', 'finite'],
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
