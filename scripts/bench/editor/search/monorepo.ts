/** Measures the search for runtimes, without VS Code, in a repository with many folders and no runtime. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { discover } from '../../../../src/editor/discovery/discover.ts';
import { SearchCache } from '../../../../src/editor/discovery/search-cache.ts';
import { median } from '../../statistics.ts';

const PROJECTS = 40;
const PACKAGES = 25;
const FOLDERS = 20;
const LATER_SEARCHES = 20;

export async function monorepoPart(): Promise<string> {
  const workspace = await mkdtemp(path.join(tmpdir(), 'pvf-bench-'));
  try {
    const count = makeMonorepo(workspace);
    const cache = new SearchCache();
    const times: number[] = [];
    let listed = 0;
    for (let n = 0; n <= LATER_SEARCHES; n += 1) {
      const before = performance.now();
      ({ listed } = await discover([{ path: workspace }], { cache }));
      times.push(performance.now() - before);
    }
    const [first = Number.NaN, ...later] = times;
    return [
      `\nSearch for runtimes in a repository with ${count} folders and no runtime, without VS Code (ms)`,
      `first ${first.toFixed(1)}, later ${median(later).toFixed(1)} (median of ${later.length}), ${listed} folders listed`,
    ].join('\n');
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

/** Returns the number of folders. */
function makeMonorepo(workspace: string): number {
  for (let project = 0; project < PROJECTS; project += 1) {
    for (let item = 0; item < PACKAGES; item += 1) {
      const folder = path.join(workspace, `project-${project}`, `package-${item}`);
      for (let n = 0; n < FOLDERS; n += 1) mkdirSync(path.join(folder, `part-${n}`), { recursive: true });
      writeFileSync(path.join(folder, 'package.json'), '{}');
    }
  }
  return PROJECTS * (1 + PACKAGES * (1 + FOLDERS));
}
