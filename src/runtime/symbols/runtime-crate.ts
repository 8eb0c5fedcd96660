/** The crate of the runtime itself, which `construct_runtime!` expands in. */

const markers = /(?:^|[^\w:])([a-z_]\w*)::(?:Runtime|RuntimeCall|RuntimeOrigin|OriginCaller|Call)(?!\w)/g;
/** More say nothing new. */
const MAX_TEXT = 2_000;

/** The crate that has the types which `construct_runtime!` makes. Undefined without names of such types. */
export function runtimeCrateOf(symbols: readonly { readonly name: string }[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { name } of symbols) {
    if (!name.includes('::Runtime') && !name.includes('Call')) continue;
    for (const [, crate = ''] of name.slice(0, MAX_TEXT).matchAll(markers))
      counts.set(crate, (counts.get(crate) ?? 0) + 1);
  }
  let best: string | undefined;
  for (const [crate, count] of counts) if (best === undefined || count > (counts.get(best) ?? 0)) best = crate;
  return best;
}
