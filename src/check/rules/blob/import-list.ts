import type { MissingImport } from '../../../runtime/host-imports.ts';

const SHOWN = 3;
const NAME_CHARACTERS = 100;

/** `a, b, c and 4 more`. Names are the blob's own, so control characters are replaced and long names are cut. */
export function importList(imports: readonly MissingImport[]): string {
  const shown = imports.slice(0, SHOWN).map(nameOf);
  const others = imports.length - shown.length;
  if (others > 0) return `${shown.join(', ')} and ${others} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

function nameOf({ module, name }: MissingImport): string {
  const whole = module === 'env' ? name : `${module}:${name}`;
  const printable = whole.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '\u{fffd}');
  return printable.length > NAME_CHARACTERS ? `${printable.slice(0, NAME_CHARACTERS)}…` : printable;
}
