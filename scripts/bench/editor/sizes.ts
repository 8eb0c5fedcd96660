/** The sizes of what a person downloads and of what VS Code loads. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { table } from '../statistics.ts';

const bundles = [
  { name: 'dist/extension.cjs', aim: '< 300 kB' },
  { name: 'dist/rules.cjs', aim: '' },
  { name: 'dist/check-thread.cjs', aim: '' },
  { name: 'dist/portable-worker.cjs', aim: '' },
  { name: 'media/pvf-engine.wasm.br', aim: '' },
];

export function sizesTable(root: string, vsix: string): string {
  const kilobytes = (file: string) => `${(statSync(file).size / 1000).toFixed(0)} kB`;
  return table([
    ['', 'size', 'aim'],
    ...bundles.map(({ name, aim }) => [name, kilobytes(path.join(root, name)), aim]),
    ['the .vsix', kilobytes(vsix), ''],
  ]);
}
