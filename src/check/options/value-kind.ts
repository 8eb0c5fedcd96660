/** Kinds of option values. Each reads the text of a flag and the JSON of a setting or of `pvf.json`, by the same rule. */

/** The part of a JSON Schema that describes a value. VS Code reads its `markdownDescription` and `order`, too. */
export type JsonPart = Readonly<Record<string, unknown>>;

export interface ValueKind<Value> {
  /** What a value must be. Completes "give …" and "must be …". */
  readonly rule: string;
  /** The JSON Schema of the values. */
  readonly schema: JsonPart;
  /** Reads the text of a flag. Undefined: it breaks the rule. @param previous the value of the same flag before */
  readText(text: string, previous?: Value): Value | undefined;
  /** Reads a value of a setting or of `pvf.json`. Undefined: it breaks the rule. */
  readJson(value: unknown): Value | undefined;
}

/** A text that is not empty. */
export const text: ValueKind<string> = {
  rule: 'a non-empty string',
  schema: { type: 'string', minLength: 1 },
  // The command line takes any text; what it names decides.
  readText: (written) => written,
  readJson: (value) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined),
};

export const texts: ValueKind<readonly string[]> = {
  rule: 'a list of non-empty strings',
  schema: { type: 'array', items: { type: 'string', minLength: 1 }, uniqueItems: true },
  readText: (written, previous = []) => [...previous, written],
  readJson: (value) =>
    Array.isArray(value) && value.every((item): item is string => typeof item === 'string' && item.trim() !== '')
      ? value
      : undefined,
};

/** A flag of this kind takes no text. */
export const toggle: ValueKind<boolean> = {
  rule: 'true or false',
  schema: { type: 'boolean' },
  readText: () => true,
  readJson: (value) => (typeof value === 'boolean' ? value : undefined),
};

export function choice<const Word extends string>(words: readonly Word[]): ValueKind<Word> {
  const find = (value: unknown) => words.find((known) => known === value);
  return {
    rule: `one of ${words.join(', ')}`,
    schema: { type: 'string', enum: words },
    readText: find,
    readJson: find,
  };
}

/** A text with a form of its own. `parse` returns undefined for any other text. */
export function parsed<Value>(
  rule: string,
  schema: JsonPart,
  parse: (text: string) => Value | undefined,
): ValueKind<Value> {
  return {
    rule,
    schema: { type: 'string', ...schema },
    readText: parse,
    readJson: (value) => (typeof value === 'string' ? parse(value.trim()) : undefined),
  };
}

export interface NumberRange {
  readonly rule: string;
  readonly isWhole: boolean;
  /** Not in the range itself when the number may have a fraction. */
  readonly least: number;
  readonly most: number;
}

/** A number with a unit. `convert` turns it into the unit of the settings of a check. */
export function amount<Value>(range: NumberRange, convert: (value: number) => Value): ValueKind<Value> {
  const { rule, isWhole, least, most } = range;
  const read = (value: number) => {
    const isInside = isWhole ? Number.isSafeInteger(value) && value >= least : value > least;
    return isInside && value <= most ? convert(value) : undefined;
  };
  const lower = isWhole ? { minimum: least } : { exclusiveMinimum: least };
  return {
    rule,
    schema: { type: isWhole ? 'integer' : 'number', ...lower, maximum: most },
    readText: (written) => (/^\d{1,16}(\.\d+)?$/.test(written) ? read(Number(written)) : undefined),
    readJson: (value) => (typeof value === 'number' ? read(value) : undefined),
  };
}
