/** The line where a Rust source defines a function, counted from 0. Undefined: it defines none with that name. */
export function placeInSource(source: string, item: string): number | undefined {
  // A closure, a generic or a shim belongs to the function whose name comes first: `transfer::{{closure}}`.
  const [name] = /^[A-Za-z_]\w*/.exec(item) ?? [];
  if (name === undefined) return undefined;
  const at = source.search(new RegExp(`^[^\\n/"]*\\bfn\\s+${name}\\b`, 'm'));
  return at < 0 ? undefined : source.slice(0, at).split('\n').length - 1;
}
