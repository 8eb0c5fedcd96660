/** The crate of the runtime itself, which `construct_runtime!` expands in. */

/** What `construct_runtime!` makes in the root of the crate. */
const markers = /(?:^|[^\w:])([a-z_]\w*)::Runtime(?:Call|Origin|Event)?(?!\w)/g;
/** More text says nothing new. */
const MAX_TEXT = 2_000;

/** The crate that has the types which `construct_runtime!` makes. Undefined without names of such types. */
export function runtimeCrateOf(symbols: Iterable<{ readonly name: string }>): string | undefined {
  const counts = new Map<string, number>();
  for (const { name } of symbols) {
    if (!name.includes('::Runtime')) continue;
    for (const [, crate = ''] of name.slice(0, MAX_TEXT).matchAll(markers))
      counts.set(crate, (counts.get(crate) ?? 0) + 1);
  }
  let best: string | undefined;
  for (const [crate, count] of counts) if (best === undefined || count > (counts.get(best) ?? 0)) best = crate;
  return best;
}
