import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** This program as it is installed. */
export interface Package {
  readonly name: string;
  readonly version: string;
  /** Folder with `package.json` and `media`. */
  readonly root: string;
}

/** Finds the package that a module belongs to: the source tree, or what was installed. */
export function findPackage(moduleUrl: string): Package {
  let root = path.dirname(fileURLToPath(moduleUrl));
  for (;;) {
    const found = readManifest(root);
    if (found) return { ...found, root };
    const parent = path.dirname(root);
    if (parent === root) throw new Error('the installation is damaged: there is no package.json above the program');
    root = parent;
  }
}

function readManifest(folder: string): Pick<Package, 'name' | 'version'> | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    return name === 'polkadot-pvf' && typeof version === 'string' ? { name, version } : undefined;
  } catch {
    return undefined;
  }
}
