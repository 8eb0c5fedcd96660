/** Validates unknown values (files, records of caches, messages of other programs) with valibot schemas. */
import * as v from 'valibot';

/** Readonly at every depth. Leaves primitives as they are and makes arrays readonly arrays. */
export type ReadonlyDeep<T> = { readonly [Key in keyof T]: ReadonlyDeep<T[Key]> };

/** The type of the values that a schema returns. */
export type ValueOf<Schema extends v.GenericSchema> = ReadonlyDeep<v.InferOutput<Schema>>;

/** `problem`: one clause that names the member, such as `runtime.codeHash is missing`. */
export type Parsed<T> =
  | { readonly kind: 'valid'; readonly value: T }
  | { readonly kind: 'invalid'; readonly problem: string };

/** Validates a value. The messages of a schema must be predicates, such as `must be a whole number`. */
export function parseValue<const Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): Parsed<ValueOf<Schema>>;
export function parseValue(schema: v.GenericSchema, value: unknown): Parsed<unknown> {
  const result = v.safeParse(schema, value, { message: describeMismatch });
  if (result.success) return { kind: 'valid', value: result.output };
  // A misspelt member is the cause of a missing one, so it is named first.
  const issue = result.issues.find(isUnknownMember) ?? result.issues[0];
  return { kind: 'invalid', problem: `${pathOf(issue) || 'the value'} ${issue.message}` };
}

/** Reads a record that another run of this tool wrote. Returns undefined when the text is not JSON or not as the schema says. */
export function parseJson<const Schema extends v.GenericSchema>(
  schema: Schema,
  text: string,
): ValueOf<Schema> | undefined;
export function parseJson(schema: v.GenericSchema, text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = parseValue(schema, value);
  return parsed.kind === 'valid' ? parsed.value : undefined;
}

export function isUnknownMember(issue: v.BaseIssue<unknown>): boolean {
  return issue.kind === 'schema' && issue.expected === 'never';
}

/** The predicate for issues whose schema has no message of its own. */
function describeMismatch(issue: v.BaseIssue<unknown>): string {
  const isMissing = issue.kind === 'schema' && issue.path?.at(-1)?.origin === 'key';
  return isMissing ? 'is missing' : `must be ${issue.expected}, not ${abridge(issue.received)}`;
}

function abridge(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** `executorParams[0].value`; empty for the value itself. */
function pathOf(issue: v.BaseIssue<unknown>): string {
  const keys = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  return keys.join('').replace(/^\./, '');
}
