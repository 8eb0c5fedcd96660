// `npm start -- <file…>`: installs packages and builds bundles if necessary, then runs `pvf prepare <file…>`. Without
// arguments it prepares the example runtime. The set-up prints to stderr, so that stdout has only the report.
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
  const given = process.argv.slice(2);
  process.argv = [process.execPath, cli, 'prepare', ...(given.length > 0 ? given : [exampleBlob()])];
  await import(pathToFileURL(cli).href);
} catch (error) {
  process.stderr.write(`The set-up failed: ${error.message}\n`);
  // The CLI's status for "undecided".
  process.exitCode = 3;
}

/** The path as a user would write it. */
function exampleBlob() {
  const file = path.join(root, 'examples/tally/blobs/tally_runtime.compact.compressed.wasm');
  const written = path.relative(process.cwd(), file);
  process.stderr.write(
    `No file was named, so this prepares the example runtime ${written}.\nFor your own: npm start -- <file…>\n\n`,
  );
  return written;
}
