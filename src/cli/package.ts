import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OwnPackage } from '../check/check-environment.ts';

/** Finds the package of a module: the source tree, or the installed package. */
export function findPackage(moduleUrl: string): OwnPackage {
  let root = path.dirname(fileURLToPath(moduleUrl));
  for (;;) {
    const found = readManifest(root);
    if (found) return { ...found, root };
    const parent = path.dirname(root);
    if (parent === root) throw new Error('the installation is damaged: no package.json above the program');
    root = parent;
  }
}

function readManifest(folder: string): Pick<OwnPackage, 'name' | 'version'> | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    return name === 'polkadot-pvf' && typeof version === 'string' ? { name, version } : undefined;
  } catch {
    return undefined;
  }
}
