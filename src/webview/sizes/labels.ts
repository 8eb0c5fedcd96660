import { amount, counted, share, shownName } from '../text.ts';
import { lineageOf, measures, type Part, type PartTree, type SizeMeasure } from './parts.ts';

const kindWords: Readonly<Record<Part['kind'], string>> = {
  file: 'file',
  header: 'header',
  section: 'section',
  crate: 'crate',
  module: 'module',
  function: 'function',
  segment: 'data segment',
  names: 'names',
  unattributed: 'unattributed',
  pallet: 'pallet',
};

export function kindWord({ kind }: Part): string {
  return kindWords[kind];
}

/** `section code` of a name that repeats its kind is just the name. */
export function titleOf(part: Part): string {
  const name = shownName(part.name);
  return kindWords[part.kind] === part.name ? name : `${kindWords[part.kind]} ${name}`;
}

/** `231 KiB` */
export function valueText({ values }: Part, measure: SizeMeasure): string {
  return amount(values[measure], measures[measure].unit);
}

/** `8.1 % of the code` */
export function shareText({ values, isCode }: Part, measure: SizeMeasure, tree: PartTree): string {
  const [total, whole] =
    isCode && measure === 'bytes'
      ? [tree.code.bytes, 'the code']
      : [tree.root.values[measure], measures[measure].whole];
  const text = share(values[measure], total);
  return text === '' ? '' : `${text} of ${whole}`;
}

/** `crate pallet_xcm, 231 KiB, 8.1 % of the code, 120 functions`; a function is named with its crate. */
export function describe(part: Part, measure: SizeMeasure, tree: PartTree): string {
  const functions = part.functions === undefined ? '' : counted(part.functions, 'function');
  const crate = lineageOf(part).find(({ kind }) => kind === 'crate');
  const where = crate === undefined || crate === part ? '' : ` in ${shownName(crate.name)}`;
  const texts = [`${titleOf(part)}${where}`, valueText(part, measure), shareText(part, measure, tree), functions];
  return texts.filter((text) => text !== '').join(', ');
}
