// Builds the bundles when they are missing or older than their sources.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from './ensure-deps.mjs';
import { run } from './run.mjs';

/** The times of folders count too, because deleting a file changes only its folder's time. */
const sources = ['src', 'esbuild.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];

export async function ensureBundles() {
  const newest = Math.max(...sources.map((name) => newestBelow(path.join(root, name))));
  const oldest = Math.min(...bundles().map(timeOf));
  // A missing bundle has the time NaN, so the comparison is false.
  if (oldest > newest) return;
  process.stderr.write('Building the bundles.\n');
  await buildBundles();
}

export async function buildBundles() {
  const end = await run(process.execPath, ['esbuild.mjs'], { cwd: root, stdio: ['ignore', 2, 2], minutes: 5 });
  if (end !== undefined) throw new Error(`esbuild.mjs ${end}`);
}

/** The bundles that `bin` and `main` of package.json name. */
function bundles() {
  const { bin = {}, main } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return [...Object.values(bin), ...(main ? [main] : [])].map((name) => path.join(root, name));
}

function timeOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Number.NaN;
}

function newestBelow(file) {
  const found = statSync(file);
  if (!found.isDirectory()) return found.mtimeMs;
  const inside = readdirSync(file).map((name) => newestBelow(path.join(file, name)));
  return Math.max(found.mtimeMs, ...inside);
}
