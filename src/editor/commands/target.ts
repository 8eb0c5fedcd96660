/** What a command was called with, whoever called it: a tree item, a link, the explorer, a key. */
export type Target =
  | { readonly kind: 'runtime'; readonly id: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'none' };

export function targetOf(argument: unknown): Target {
  if (typeof argument !== 'object' || argument === null) return { kind: 'none' };
  if ('runtimeId' in argument && typeof argument.runtimeId === 'string')
    return { kind: 'runtime', id: argument.runtimeId };
  if ('fsPath' in argument && typeof argument.fsPath === 'string') return { kind: 'file', path: argument.fsPath };
  return { kind: 'none' };
}

/** Targets of a selection: VS Code passes the one that was clicked and then all that are selected. */
export function targetsOf(clicked: unknown, selected: unknown): Target[] {
  const all = Array.isArray(selected) && selected.length > 0 ? selected : [clicked];
  return all.map(targetOf).filter(({ kind }) => kind !== 'none');
}
