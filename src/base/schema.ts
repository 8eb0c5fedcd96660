/** Validates unknown values (files, cache entries, messages of other programs) with valibot schemas. */
import * as v from 'valibot';

/** Readonly at every depth. Leaves primitives as they are and makes arrays readonly arrays. */
type ReadonlyDeep<T> = { readonly [Key in keyof T]: ReadonlyDeep<T[Key]> };

/** The type of the values that a schema returns. */
export type ValueOf<Schema extends v.GenericSchema> = ReadonlyDeep<v.InferOutput<Schema>>;

/** `problem`: one clause that names the member, such as `runtime.codeHash is missing`. */
export type Parsed<T> =
  | { readonly kind: 'valid'; readonly value: T }
  | { readonly kind: 'invalid'; readonly problem: string };

/** A schema that contains itself is validated by recursion. Size trees, the deepest values of this tool, have 50 levels. */
const MAX_LEVELS = 200;

/** Validates a value. The messages of a schema must be predicates, such as `must be a whole number`. */
export function parseValue<const Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): Parsed<ValueOf<Schema>>;
export function parseValue(schema: v.GenericSchema, value: unknown): Parsed<unknown> {
  if (!isWithin(value, MAX_LEVELS)) {
    return { kind: 'invalid', problem: `the value is nested more than ${MAX_LEVELS} levels deep` };
  }
  const result = v.safeParse(schema, value, { message: describeMismatch });
  if (result.success) return { kind: 'valid', value: result.output };
  // A misspelt member often causes the missing one, so report it first.
  return { kind: 'invalid', problem: describeIssue(result.issues.find(isUnknownMember) ?? result.issues[0]) };
}

/** Parses JSON that another run of this tool wrote. Returns undefined when it is invalid. */
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

/** Ends for every value, also for one that contains itself. */
function isWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  return Object.values(value).every((member) => isWithin(member, levels - 1));
}

type Issue = v.BaseIssue<unknown>;

function describeIssue(issue: Issue): string {
  const { message, path = [] } = issue;
  if (isUnknownMember(issue)) return [pathText(path.slice(0, -1)), message].filter(Boolean).join(': ');
  return `${pathText(path) || 'the value'} ${message}`;
}

/** The only issue whose message is a full clause: `unknown member a; the known members are b, c`. */
function isUnknownMember({ type, expected }: Issue): boolean {
  return type === 'strict_object' && expected === 'never';
}

/** The message for schemas without their own message. */
function describeMismatch({ kind, expected, received, path }: Issue): string {
  const isMissing = kind === 'schema' && path?.at(-1)?.origin === 'key';
  return isMissing ? 'is missing' : `must be ${typeNames.get(expected ?? '') ?? expected}, not ${abridge(received)}`;
}

const typeNames: ReadonlyMap<string, string> = new Map([
  ['string', 'a string'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['Object', 'an object'],
  ['Array', 'an array'],
]);

function abridge(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** `executorParams[0].value`; empty for the whole value. */
function pathText(path: readonly v.IssuePathItem[]): string {
  const keys = path.map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  return keys.join('').replace(/^\./, '');
}
