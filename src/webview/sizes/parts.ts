/** The sizes as a tree with parents, for navigation. */
import type { Unit } from '../../model/measures.ts';
import type { CodeOwner, SizeNode, SizeNodeKind, Sizes } from '../../model/size-tree.ts';
import { type Family, familyOfCrate, familyOfKind } from './families.ts';

export const measures = {
  bytes: { label: 'Size', unit: 'bytes', whole: 'the file' },
  compileTimeMs: { label: 'Compile time', unit: 'ms', whole: 'the compile time' },
  machineCodeBytes: { label: 'Machine code', unit: 'bytes', whole: 'the machine code' },
} as const satisfies Record<string, { readonly label: string; readonly unit: Unit; readonly whole: string }>;

export type SizeMeasure = keyof typeof measures;
type Values = Readonly<Record<SizeMeasure, number>>;

export interface Part {
  /** Position in the tree, parents first. */
  readonly index: number;
  readonly name: string;
  readonly kind: SizeNodeKind | CodeOwner['kind'];
  readonly family: Family;
  readonly parent?: Part;
  readonly children: readonly Part[];
  readonly values: Values;
  readonly functions?: number;
  readonly isCode: boolean;
}

export interface PartTree {
  readonly root: Part;
  /** All parts by their index. */
  readonly all: readonly Part[];
  /** The total of the code, which the shares of its parts refer to. */
  readonly code: Values;
}

type MutablePart = Omit<Part, 'children' | 'values'> & { children: Part[]; values: Values };

/** Section, crate, module, function. */
export function treeOfSections({ tree, owners }: Sizes): PartTree {
  const kinds = new Map(owners.map(({ name, kind }) => [name, kind] as const));
  const all: Part[] = [];
  let code: Values | undefined;
  const add = (node: SizeNode, parent: MutablePart | undefined): MutablePart => {
    const { name, kind, functions } = node;
    const own = kind === 'crate' ? familyOfCrate(name, kinds) : familyOfKind(kind, name);
    const isCodeSection = kind === 'section' && name === 'code';
    const part: MutablePart = {
      index: all.length,
      name,
      kind,
      family: own ?? parent?.family ?? 'rest',
      ...(parent === undefined ? {} : { parent }),
      ...(functions === undefined ? {} : { functions }),
      isCode: isCodeSection || parent?.isCode === true,
      children: [],
      values: noValues,
    };
    all.push(part);
    part.children = node.children.map((child) => add(child, part));
    part.values = valuesOf(node, part.children);
    if (isCodeSection) code = part.values;
    return part;
  };
  const root = add(tree, undefined);
  return { root, all, code: code ?? root.values };
}

/** The code by the pallet or the crate of the team's own that it exists for. */
export function treeOfOwners({ owners, codeBytes }: Sizes): PartTree {
  const root: MutablePart = {
    index: 0,
    name: 'code',
    kind: 'section',
    family: 'rest',
    isCode: true,
    children: [],
    values: noValues,
  };
  const families = { pallet: 'pallet', crate: 'own', unattributed: 'rest' } as const;
  root.children = owners.map((owner, at) => ({
    index: at + 1,
    name: owner.name,
    kind: owner.kind,
    family: families[owner.kind],
    parent: root,
    children: [],
    values: valuesOf(owner, []),
    functions: owner.functions,
    isCode: true,
  }));
  root.values = valuesOf({ bytes: codeBytes }, root.children);
  return { root, all: [root, ...root.children], code: root.values };
}

const noValues: Values = { bytes: 0, compileTimeMs: 0, machineCodeBytes: 0 };

/** A part without a value of its own has the sum of its children. */
function valuesOf(node: { readonly [Key in SizeMeasure]?: number }, children: readonly Part[]): Values {
  const own = (measure: SizeMeasure) => node[measure] ?? children.reduce((sum, { values }) => sum + values[measure], 0);
  return {
    bytes: own('bytes'),
    compileTimeMs: own('compileTimeMs'),
    machineCodeBytes: own('machineCodeBytes'),
  };
}

/** The measures that the data has. */
export function measuresIn({ root }: PartTree): SizeMeasure[] {
  return (Object.keys(measures) as SizeMeasure[]).filter((measure) => root.values[measure] > 0);
}

/** From the root to the part. */
export function lineageOf(part: Part): Part[] {
  return part.parent === undefined ? [part] : [...lineageOf(part.parent), part];
}

export function isInside(part: Part, ancestor: Part): boolean {
  return part === ancestor || (part.parent !== undefined && isInside(part.parent, ancestor));
}

export function bySize(parts: readonly Part[], measure: SizeMeasure): Part[] {
  return [...parts].sort((a, b) => b.values[measure] - a.values[measure]);
}
