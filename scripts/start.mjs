// `npm start -- <file…>`: `pvf prepare <file…>` after whatever set-up is missing. What the set-up prints goes to stderr,
// so that stdout carries the report alone.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBundles } from './bundles.mjs';
import { ensureDeps, root } from './ensure-deps.mjs';

try {
  await ensureDeps();
  await ensureBundles();
  // npm runs scripts in the package's folder; the person's paths are relative to where npm was called.
  process.chdir(process.env.INIT_CWD ?? process.cwd());
  // In this very process: streams, signals and the exit code are the CLI's own then.
  const cli = path.join(root, 'dist/cli.cjs');
  process.argv = [process.execPath, cli, 'prepare', ...process.argv.slice(2)];
  await import(pathToFileURL(cli).href);
} catch (error) {
  process.stderr.write(`The set-up failed: ${error.message}\n`);
  // As the CLI says it: undecided, our side failed.
  process.exitCode = 3;
}
