import { bySize, lineageOf, type Part, type PartTree, type SizeMeasure } from './parts.ts';

export interface Found {
  /** The largest first. */
  readonly matches: readonly Part[];
  /** Sum of the matches, each part counted once. */
  readonly total: number;
  isMatch(part: Part): boolean;
  /** Whether the part is a match, or has or is inside of one. */
  isNear(part: Part): boolean;
}

/** The parts whose name has all words of the query, in any case. Undefined for an empty query. */
export function search(tree: PartTree, query: string, measure: SizeMeasure): Found | undefined {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  const found = tree.all.filter(({ name, parent }) => {
    const lower = name.toLowerCase();
    return parent !== undefined && words.every((word) => lower.includes(word));
  });
  const matches = new Set(found);
  const around = new Set(found.flatMap((part) => lineageOf(part).slice(0, -1)));
  const isInsideMatch = ({ parent }: Part): boolean =>
    parent !== undefined && (matches.has(parent) || isInsideMatch(parent));
  return {
    matches: bySize(found, measure),
    total: found.reduce((sum, part) => (isInsideMatch(part) ? sum : sum + part.values[measure]), 0),
    isMatch: (part) => matches.has(part),
    isNear: (part) => matches.has(part) || around.has(part) || isInsideMatch(part),
  };
}
