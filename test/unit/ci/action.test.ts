import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../../scripts/vscode-rig/folders.ts';
import { actionFile } from '../../support/action/run-action.ts';
import { assertValid } from '../../support/published-schemas.ts';

const scripts = path.join(root, 'ci/action');
const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8');
const shellSteps = actionFile.runs.steps.filter(({ run }) => run !== undefined);

describe('action.yml', () => {
  it('is valid against the published schema', () => assertValid('github-action', actionFile));

  it('has no expression in a shell line: each is one script, and gets all by variables', () => {
    for (const { run = '' } of shellSteps) {
      assert.match(run, /^bash "\$GITHUB_ACTION_PATH\/ci\/action\/[a-z-]+\.sh"$/);
    }
  });

  it('runs every script, and no other', () => {
    const named = shellSteps.map(({ run = '' }) => path.posix.basename(run).replace('"', ''));
    assert.deepEqual(named.sort(), readdirSync(scripts).sort());
  });

  for (const { run = '', env = {} } of shellSteps) {
    const name = path.posix.basename(run).replace('"', '');
    it(`gives ${name} the variables that it reads, and no others`, () => {
      const text = readFileSync(path.join(scripts, name), 'utf8');
      const read = new Set(Array.from(text.matchAll(/\$\{?(PVF_[A-Z_]+)/g), ([, variable = '']) => variable));
      const given = Object.keys(env).filter((variable) => variable.startsWith('PVF_'));
      // pvf itself reads the folder of its cache.
      assert.deepEqual([...read].sort(), given.sort());
    });
  }

  it('evaluates nothing in its scripts', () => {
    for (const name of readdirSync(scripts)) {
      const text = readFileSync(path.join(scripts, name), 'utf8');
      assert.doesNotMatch(text, /\$\{\{|\beval\b|\bsource\b|^\. /m, name);
      assert.match(text, /^set -euo pipefail$/m, name);
    }
  });

  it('uses only official actions, by their major version', () => {
    const used = actionFile.runs.steps.flatMap(({ uses }) => uses ?? []);
    for (const action of used) assert.match(action, /^(actions|github)\/[a-z/-]+@v\d+$/);
  });

  it('has every input and output in docs/ci.md', () => {
    const page = textOf('docs/ci.md');
    for (const name of [...Object.keys(actionFile.inputs), ...Object.keys(actionFile.outputs)]) {
      assert.match(page, new RegExp(`^\\| .*\`${name}\``, 'm'));
    }
  });
});
