/** The size tables of the text report. */
import { firstCharacters, lastCharacters } from '../base/text.ts';
import type { Sizes } from '../model/size-tree.ts';
import { retainedNote, type SizeTable, sizeTables, whyLines } from './sizes.ts';
import { oneLine, type Paint, printable, wrap } from './terminal.ts';

const indent = '  ';

/** Empty unless the user requested tables or asked why a part is there. */
export function sizeBlocks(sizes: Sizes, paint: Paint, width: number): readonly (readonly string[])[] {
  const why = whyLines(sizes);
  return [
    ...sizeTables(sizes).map((table) => tableLines(table, paint, width)),
    ...(sizes.retained === undefined ? [] : [wrap(retainedNote, width - indent.length).map((line) => indent + line)]),
    ...(why === undefined
      ? []
      : [why.flatMap((line) => wrap(printable(line), width - indent.length)).map((line) => indent + line)]),
  ];
}

function tableLines({ title, head, rows }: SizeTable, paint: Paint, width: number): string[] {
  const last = head.length - 1;
  const widths = head.map((cell, at) => Math.max(cell.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const taken = widths.slice(0, last).reduce((sum, cells) => sum + cells + indent.length, indent.length);
  const text = (row: readonly string[]) => {
    const figures = row.slice(0, last).map((cell, at) => indent + cell.padStart(widths[at] ?? 0));
    return `${figures.join('')}${indent}${shortened(oneLine(row[last] ?? ''), width - taken)}`;
  };
  return [paint(title, 'bold'), paint(text(head), 'dim'), ...rows.map(text)];
}

/** The end of a name tells more than its middle. */
function shortened(name: string, room: number): string {
  if (name.length <= room) return name;
  const tail = Math.floor(room * 0.6);
  return `${firstCharacters(name, room - tail - 1)}…${lastCharacters(name, tail)}`;
}
