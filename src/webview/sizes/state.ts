import { measures, type Part, type PartTree, type SizeMeasure } from './parts.ts';

export const tabs = { sections: 'By section and crate', owners: 'By pallet or own crate' } as const;
export const displays = { map: 'Treemap', table: 'Table' } as const;

/** What the user chose. A panel keeps it while it is hidden. */
export interface SizesState {
  readonly tab: keyof typeof tabs;
  readonly display: keyof typeof displays;
  readonly measure: SizeMeasure;
  readonly query: string;
  /** Names from below the root down to the shown part. */
  readonly path: readonly string[];
}

const initial: SizesState = { tab: 'sections', display: 'map', measure: 'bytes', query: '', path: [] };

/** Takes what a former version of this page may have saved. */
export function parseState(saved: unknown): SizesState {
  if (typeof saved !== 'object' || saved === null) return initial;
  const { tab, display, measure, query, path } = saved as Partial<Record<keyof SizesState, unknown>>;
  return {
    tab: keyOf(tabs, tab) ?? initial.tab,
    display: keyOf(displays, display) ?? initial.display,
    measure: keyOf(measures, measure) ?? initial.measure,
    query: typeof query === 'string' ? query : '',
    path: Array.isArray(path) && path.every((name) => typeof name === 'string') ? path : [],
  };
}

function keyOf<Key extends string>(table: Readonly<Record<Key, unknown>>, value: unknown): Key | undefined {
  return (Object.keys(table) as Key[]).find((key) => key === value);
}

/** The part at the path, or the last one that still exists. */
export function partAt({ root }: PartTree, path: readonly string[]): Part {
  let part = root;
  for (const name of path) {
    const child = part.children.find((candidate) => candidate.name === name && candidate.children.length > 0);
    if (child === undefined) break;
    part = child;
  }
  return part;
}
