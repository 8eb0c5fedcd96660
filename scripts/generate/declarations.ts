/** TypeScript declarations of a JSON Schema, with its descriptions as doc comments. */
import type { JsonSchema } from '@valibot/to-json-schema';

type Definition = JsonSchema | boolean | readonly unknown[] | undefined;

const LINE_WIDTH = 120;

/** Declares `name` and every definition of the schema. Throws for keywords that the report's schema does not use. */
export function declarationsOf(name: string, { $defs = {}, ...root }: JsonSchema): string {
  return Object.entries({ [name]: root, ...$defs })
    .map(([each, schema]) => declaration(each, schemaIn(schema)))
    .join('\n\n');
}

function declaration(name: string, schema: JsonSchema): string {
  const comment = docComment(schema.description, '');
  if (schema.properties !== undefined) return `${comment}export interface ${name} ${members(schema, '')}`;
  const type = typeOf(schema, '');
  const line = `export type ${name} = ${type};`;
  return (
    comment + (line.length <= LINE_WIDTH ? line : `export type ${name} =\n  | ${type.replaceAll(' | ', '\n  | ')};`)
  );
}

function typeOf(schema: JsonSchema, indent: string): string {
  if (schema.$ref !== undefined) return schema.$ref.replace('#/$defs/', '');
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ');
  if (schema.anyOf !== undefined) return schema.anyOf.map((one) => typeOf(schemaIn(one), indent)).join(' | ');
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'number':
      return schema.type;
    case 'integer':
      return 'number';
    case 'array':
      return `readonly ${typeOf(schemaIn(schema.items), indent)}[]`;
    case 'object':
      return schema.properties === undefined
        ? `Readonly<Record<string, ${typeOf(schemaIn(schema.additionalProperties), indent)}>>`
        : members(schema, indent);
    default:
      throw new Error(`no TypeScript type for ${JSON.stringify(schema)}`);
  }
}

function members({ properties = {}, required = [] }: JsonSchema, indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([name, definition]) => {
    const schema = schemaIn(definition);
    const mark = required.includes(name) ? '' : '?';
    return `${docComment(schema.description, inner)}${inner}readonly ${name}${mark}: ${typeOf(schema, inner)};\n`;
  });
  return `{\n${lines.join('')}${indent}}`;
}

function schemaIn(definition: Definition): JsonSchema {
  if (typeof definition !== 'object' || Array.isArray(definition)) {
    throw new Error(`no TypeScript type for ${JSON.stringify(definition)}`);
  }
  return definition as JsonSchema;
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

/** The comment with a line break at its end; empty without a description. */
function docComment(text: string | undefined, indent: string): string {
  if (text === undefined) return '';
  const line = `${indent}/** ${text} */`;
  if (line.length <= LINE_WIDTH) return `${line}\n`;
  const width = LINE_WIDTH - indent.length - ' * '.length;
  return `${indent}/**\n${wrap(text, width)
    .map((part) => `${indent} * ${part}\n`)
    .join('')}${indent} */\n`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
