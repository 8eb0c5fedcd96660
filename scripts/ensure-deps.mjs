// Installs the packages of package-lock.json when node_modules lacks some or has other versions. The check takes
// milliseconds, so every entry point makes it.
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

export const root = path.resolve(import.meta.dirname, '..');

/** Installs the packages if necessary. npm's output goes to stderr. Rejects when npm fails. */
export async function ensureDeps() {
  const locked = packagesOf('package-lock.json');
  if (isInstalled(locked)) return;
  // `npm ci` refuses a lock file that lacks optional packages of other platforms, for example one that was made with an
  // incomplete registry mirror. `npm install` follows the lock file too and resolves what it lacks. But it would trust
  // the rest of an interrupted installation, so node_modules is removed first.
  const words = isComplete(locked) ? ['ci'] : ['install', '--no-save'];
  process.stderr.write(`Installing the packages of package-lock.json (npm ${words.join(' ')}).\n`);
  rmSync(path.join(root, 'node_modules'), { recursive: true, force: true });
  // npm passes its own path to scripts; without it, take the npm on PATH. --include=dev overrides NODE_ENV=production.
  const { npm_execpath: npm = '' } = process.env;
  const [program, ...first] = npm.endsWith('npm-cli.js') ? [process.execPath, npm] : ['npm'];
  const args = [...first, ...words, '--include=dev'];
  const end = await run(program, args, { cwd: root, stdio: ['ignore', 2, 2], minutes: 15 });
  if (end !== undefined) throw new Error(`npm ${words.join(' ')} ${end}`);
}

/** Compares the lock file with npm's record of what it has installed. */
function isInstalled(locked) {
  const installed = packagesOf('node_modules/.package-lock.json');
  if (!locked || !installed) return false;
  return Object.entries(locked).every(([name, { version, optional }]) => {
    if (name === '' || (optional && !(name in installed))) return true;
    return installed[name]?.version === version;
  });
}

function isComplete(locked = {}) {
  const names = new Set(Object.keys(locked).map((place) => place.split('node_modules/').at(-1)));
  const optional = Object.values(locked).flatMap((one) => Object.keys(one.optionalDependencies ?? {}));
  return optional.every((name) => names.has(name));
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureDeps().catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
