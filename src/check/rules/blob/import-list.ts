import type { MissingImport, MistypedImport } from '../../../runtime/host-imports.ts';

const SHOWN = 3;
const NAME_CHARACTERS = 100;

/** `a, b, c and 4 more`. Names are the blob's own, so control characters are replaced and long names are cut. */
export function importList(imports: readonly MissingImport[]): string {
  return nameList(imports.map(({ module, name }) => (module === 'env' ? name : `${module}:${name}`)));
}

export function nameList(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map(printable);
  const others = names.length - shown.length;
  if (others > 0) return `${shown.join(', ')} and ${others} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** `ext_storage_get_version_1 as (i32) -> i32 instead of (i64) -> i64`, for each. */
export function mistypedList(imports: readonly MistypedImport[]): string {
  return nameList(
    imports.map(({ name, expected, found }) => `${name} as ${typeText(found)} instead of ${typeText(expected)}`),
  );
}

/** `i32 i64 ->` becomes `(i32, i64) -> ()`. */
function typeText(signature: string): string {
  const [params = '', results = ''] = signature.split('->').map((types) => types.trim().replaceAll(' ', ', '));
  return `(${params}) -> ${results === '' || results.includes(',') ? `(${results})` : results}`;
}

function printable(name: string): string {
  const clean = name.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '\u{fffd}');
  return clean.length > NAME_CHARACTERS ? `${clean.slice(0, NAME_CHARACTERS)}…` : clean;
}
