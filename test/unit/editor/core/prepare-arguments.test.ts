import assert from 'node:assert/strict';
import type { CheckSettings } from '../../../../src/check/check-settings.ts';
import { parseCommandLine } from '../../../../src/cli/command-line.ts';
import { checkSettings } from '../../../../src/cli/context.ts';
import { prepareArguments } from '../../../../src/editor/core/prepare-arguments.ts';

const plain: CheckSettings = {
  instances: 'auto',
  profile: 'relay-3mib',
  workspaceFolders: ['/w'],
  trustWorkspace: false,
  verbose: false,
};

const all: CheckSettings = {
  ...plain,
  instances: 3,
  profile: '/w/.pvf/profiles/a b.json',
  worker: '/opt/worker',
  prepTimeoutMs: 12_500,
  memoryLimit: 2n ** 31n,
  budget: '/w/budget.json',
  allow: ['no-validate-block', 'no-memory'],
  metadata: {},
  trustWorkspace: true,
};

/** The settings that the command line makes of the arguments. */
function readBack(settings: CheckSettings): CheckSettings {
  const invocation = parseCommandLine(['prepare', ...prepareArguments(settings), 'a.wasm'], '0.0.0');
  assert.equal(invocation.kind, 'run');
  if (invocation.kind !== 'run') throw new Error('no command');
  const isTrusted = invocation.options.trustWorkspace === true;
  const { kind: _, ...read } = checkSettings(invocation.options, { cwd: '/w', isTrusted });
  return read;
}

describe('prepareArguments', () => {
  it('has none for the defaults', () => assert.deepEqual(prepareArguments(plain), []));

  it('gives the command line the settings of the editor', () => {
    for (const settings of [plain, all, { ...all, worker: 'portable' }]) assert.deepEqual(readBack(settings), settings);
  });
});
