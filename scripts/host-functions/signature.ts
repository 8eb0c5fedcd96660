/** The wasm types of a host function, from the Rust types of its declaration (sp-runtime-interface 30 and newer). */
import type { HostFunction } from './interfaces.ts';

/** The strategies for passing a value, by what crosses the boundary (sp-runtime-interface, pass_by.rs). */
const strategies: readonly (readonly [pattern: RegExp, type: string])[] = [
  // Address and length in one number.
  [/^(PassFatPointer|AllocateAndReturn(FatPointer|ByCodec)\b)/, 'i64'],
  [/^(PassPointer|AllocateAndReturnPointer\b|Pointer\b|ConvertAndReturnAs\b.*, u32>$)/, 'i32'],
  [/^(?:PassAs|ReturnAs)<.*, [ui]64>$/, 'i64'],
  [/^(?:PassAs|ReturnAs)<.*, (?:[ui](?:8|16|32)|bool)>$/, 'i32'],
  [/^[ui]64$/, 'i64'],
  [/^([ui](8|16|32)|bool|HostcallResult)$/, 'i32'],
];

/** `i32 i64 -> i32` */
export function signatureOf({ name, params, result }: HostFunction): string {
  const word = (type: string) => {
    const found = strategies.find(([pattern]) => pattern.test(type))?.[1];
    if (found === undefined) throw new Error(`${name}: the wasm type of ${type} is not known`);
    return found;
  };
  return `${params.map(word).join(' ')} -> ${result === undefined ? '' : word(result)}`.trim();
}
