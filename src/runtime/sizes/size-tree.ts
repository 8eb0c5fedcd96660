/** The size tree of a module: each byte once. */
import { omitUndefined } from '../../base/omit-undefined.ts';
import type { SizeNode } from '../../model/size-tree.ts';
import type { ModuleContents } from '../../wasm/contents.ts';
import { isStandardName, type Section, sectionId } from '../../wasm/sections.ts';
import { largestFirst } from './tree-node.ts';

/** @param code the node of the code section */
export function sizeTree(
  totalBytes: number,
  sections: readonly Section[],
  contents: ModuleContents,
  code: SizeNode | undefined,
): SizeNode {
  const nodes = sections.map((section): SizeNode => {
    if (section.id === sectionId('code') && code) return code;
    return { name: nodeName(section), kind: 'section', bytes: section.bytes, children: partsOf(section, contents) };
  });
  const inSections = sections.reduce((sum, { bytes }) => sum + bytes, 0);
  // What is no content: the module's header, and the id, size and name of each section.
  nodes.push(leaf('header', 'header', totalBytes - inSections));
  // Code alone costs something to prepare.
  const { functions, compileTimeMs, machineCodeBytes } = code ?? {};
  return {
    name: 'file',
    kind: 'file',
    bytes: totalBytes,
    ...omitUndefined({ functions, compileTimeMs, machineCodeBytes }),
    children: largestFirst(nodes),
  };
}

/** Views find the code by its name, so a custom section must not have it. */
function nodeName({ id, name }: Section): string {
  return id === sectionId('custom') && isStandardName(name) ? `custom section ${name}` : name;
}

/** Empty where the parts are unknown or damaged. */
function partsOf(section: Section, { data, names }: ModuleContents): readonly SizeNode[] {
  if (section === names?.section) {
    return names.isDamaged ? [] : largestFirst(names.parts.map(({ name, bytes }) => leaf(name, 'names', bytes)));
  }
  if (section.id !== sectionId('data') || !data) return [];
  const segments = data.map(({ bytes, offset }, index) =>
    leaf(names?.data.get(index) ?? segmentName(index, offset), 'segment', bytes),
  );
  const inSegments = segments.reduce((sum, { bytes }) => sum + bytes, 0);
  return largestFirst([...segments, leaf('header', 'header', section.bytes - inSegments)]);
}

function segmentName(index: number, offset: number | undefined): string {
  return offset === undefined ? `segment ${index}` : `segment ${index} at ${offset}`;
}

function leaf(name: string, kind: SizeNode['kind'], bytes: number): SizeNode {
  return { name, kind, bytes, children: [] };
}
