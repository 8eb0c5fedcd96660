// `npm start -- <file…>`: installs packages and builds bundles if necessary, then runs `pvf prepare <file…>`. The
// set-up prints to stderr, so that stdout has only the report.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBundles } from './bundles.mjs';
import { ensureDeps, root } from './ensure-deps.mjs';

try {
  await ensureDeps();
  await ensureBundles();
  // npm runs scripts in the package's folder, but the user's paths are relative to where npm was called.
  process.chdir(process.env.INIT_CWD ?? process.cwd());
  // Runs in this process, so that streams, signals and the exit code are the CLI's own.
  const cli = path.join(root, 'dist/cli.cjs');
  process.argv = [process.execPath, cli, 'prepare', ...process.argv.slice(2)];
  await import(pathToFileURL(cli).href);
} catch (error) {
  process.stderr.write(`The set-up failed: ${error.message}\n`);
  // The CLI's status for "undecided".
  process.exitCode = 3;
}
