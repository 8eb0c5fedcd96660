/** Names the function that an error of the worker is about. */

/** A function in the text of an error. */
export interface FailedFunction {
  /** In the function index space. The worker changes functions, but not their order. */
  readonly index: number;
  /** The symbol of the name section, as the text has it. */
  readonly symbol?: string;
}

/** Wasmtime writes `wasm[0]::function[7]::<symbol>: WebAssembly translation error: …`; older texts have `func 7`. */
const forms: readonly RegExp[] = [
  /\bfunction\[(?<index>\d{1,9})\](?:::(?<symbol>.+?))?: (?:WebAssembly translation error|Compilation error)/s,
  /\bfunction\[(?<index>\d{1,9})\]/,
  /\bin func(?:tion)?(?: index)? #?(?<index>\d{1,9})\b/,
  /\bfunc(?:tion)? #?(?<index>\d{1,9}) (?:failed|is too|has|exceeds)\b/,
];

/** Undefined when the text is about no function, or about one that does not exist (`unknown function 9`). */
export function failedFunction(text: string): FailedFunction | undefined {
  for (const form of forms) {
    const { index, symbol } = form.exec(text)?.groups ?? {};
    if (index !== undefined) return { index: Number(index), ...(symbol !== undefined && { symbol }) };
  }
  return undefined;
}

/** A sentence for the end of a message. */
export function functionSentence({ index, symbol }: FailedFunction): string {
  return symbol === undefined
    ? `The error is in function ${index}.`
    : `The error is in \`${symbol}\` (function ${index}).`;
}

export function functionData({ index, symbol }: FailedFunction): Record<string, string | number> {
  return { function: index, ...(symbol !== undefined && { functionName: symbol }) };
}
