/** A team's own limits in full: on the figures, on parts of the code, and on growth. */
import type { Budget, BudgetKey } from './measures.ts';
import type { Sizes } from './size-tree.ts';

/** Parts of the code that a budget can limit, by its member. */
export const budgetParts = {
  crates: { one: 'crate', about: 'The code of the crate.' },
  pallets: { one: 'pallet', about: 'The code of the pallet or crate, and the generic code that was made for it.' },
} as const;

export type BudgetPart = keyof typeof budgetParts;

export const budgetPartNames = Object.keys(budgetParts) as readonly BudgetPart[];

export interface TeamBudget extends Budget {
  /** Bytes of code in the decompressed module, by name. */
  readonly crates?: Readonly<Record<string, number>>;
  readonly pallets?: Readonly<Record<string, number>>;
  /** How much a figure may grow since the baseline: 0.05 is 5 %. */
  readonly growth?: { readonly [Key in BudgetKey]?: number };
}

/** Bytes by name of a part. Cargo's dashes are underscores in symbols. */
export function partSizes(
  { tree, owners }: Pick<Sizes, 'tree' | 'owners'>,
  part: BudgetPart,
): ReadonlyMap<string, number> {
  const rows =
    part === 'pallets'
      ? owners.filter(({ kind }) => kind !== 'unattributed')
      : tree.children.flatMap(({ children }) => children.filter(({ kind }) => kind === 'crate'));
  const sizes = new Map<string, number>();
  for (const { name, bytes } of rows) sizes.set(partName(name), (sizes.get(partName(name)) ?? 0) + bytes);
  return sizes;
}

export function partName(written: string): string {
  return written.trim().replaceAll('-', '_');
}
