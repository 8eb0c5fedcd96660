/** Evaluates the expressions of GitHub's workflows, with GitHub's own library. */
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

export type Context = { readonly [key: string]: Value };
export type Value = string | number | boolean | null | undefined | Context;

/** Functions about the state of a job. */
export interface JobState {
  readonly hasFailed: boolean;
}

/** Replaces each `${{ … }}` of a text. */
export function interpolate(text: string, context: Context, state: JobState): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, source: string) => evaluate(source, context, state).coerceString());
}

/** Whether a step runs. Without a function about the state, it does not run after a failed one. */
export function isTrue(condition: string | undefined, context: Context, state: JobState): boolean {
  const source = condition ?? 'success()';
  const isAboutState = /\b(always|success|failure|cancelled)\(\)/.test(source);
  const value = evaluate(isAboutState ? source : `success() && (${source})`, context, state);
  return !['false', '', '0', 'null'].includes(value.coerceString());
}

function evaluate(source: string, context: Context, { hasFailed }: JobState): data.ExpressionData {
  const functions = [
    stateFunction('always', true),
    stateFunction('success', !hasFailed),
    stateFunction('failure', hasFailed),
    stateFunction('cancelled', false),
  ];
  const { tokens } = new Lexer(source.trim()).lex();
  const expression = new Parser(tokens, Object.keys(context), functions).parse();
  const byName = new Map(functions.map((one) => [one.name, one]));
  return new Evaluator(expression, dictionary(context), byName).evaluate();
}

function stateFunction(name: string, value: boolean) {
  return { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) };
}

function dictionary(context: Context): data.Dictionary {
  const pairs = Object.entries(context).map(([key, value]) => ({ key, value: dataOf(value) }));
  return new data.Dictionary(...pairs);
}

function dataOf(value: Value): data.ExpressionData {
  if (value === undefined || value === null) return new data.Null();
  if (typeof value === 'string') return new data.StringData(value);
  if (typeof value === 'number') return new data.NumberData(value);
  if (typeof value === 'boolean') return new data.BooleanData(value);
  return dictionary(value);
}
