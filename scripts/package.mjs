// `npm run package [file]`: packs the installable extension, by default into polkadot-pvf-<version>.vsix.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildBundles } from './bundles.mjs';
import { ensureDeps, root } from './ensure-deps.mjs';
import { run } from './run.mjs';

try {
  await ensureDeps();
  await buildBundles();
  const { version, repository } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const file = path.resolve(root, process.argv[2] ?? `polkadot-pvf-${version}.vsix`);
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const args = [
    ...['package', '--out', file],
    // The bundles contain all dependencies.
    '--no-dependencies',
    // For users of the extension. README.md is about the sources.
    ...['--readme-path', 'docs/extension.md'],
    // VS Code shows a README's pictures only from https. vsce makes such links of them once there is a repository.
    ...(repository === undefined ? ['--no-rewrite-relative-links', '--allow-missing-repository'] : []),
  ];
  const end = await run(process.execPath, [vsce, ...args], { cwd: root, stdio: ['ignore', 2, 2], minutes: 5 });
  if (end !== undefined) throw new Error(`vsce package ${end}`);
  console.log(file);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
