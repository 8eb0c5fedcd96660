import assert from 'node:assert/strict';
import { chooseRig, type RigEvidence } from '../../../scripts/vscode-rig/choose-rig.ts';
import { parseCommand } from '../../../scripts/vscode-rig/options.ts';
import { rigs } from '../../../scripts/vscode-rig/rigs.ts';
import { workbenchUrl } from '../../../scripts/vscode-rig/workbench-url.ts';

describe('the command line of the rig', () => {
  it('runs a suite in one rig', () => {
    const command = parseCommand(['test', '--rig', 'floor', '-g', 'palette', '--timeout', '90']);
    assert.deepEqual(
      { ...command, rig: 'rig' in command && command.rig.name },
      {
        kind: 'test',
        rig: 'floor',
        grep: 'palette',
        timeoutMs: 90_000,
      },
    );
  });

  it('installs all rigs when none is named', () => {
    assert.deepEqual(parseCommand(['provision']), { kind: 'provision', rigs });
  });

  for (const args of [[], ['test'], ['test', '--rig', 'oldest'], ['fly'], ['provision', 'now'], ['--fast']]) {
    it(`refuses "${args.join(' ')}"`, () => assert.throws(() => parseCommand(args)));
  }
  it('refuses a timeout that is not a number', () => {
    assert.throws(() => parseCommand(['test', '--rig', 'newest', '--timeout', 'soon']), /must be a number of seconds/);
  });
});

describe('the choice of the rig', () => {
  const nothing: RigEvidence = { env: {}, isDownloaded: () => false, canDownload: async () => false };
  const requesting = (wanted: string): RigEvidence => ({ ...nothing, env: { TEST_VSCODE_RIG: wanted } });

  it('follows TEST_VSCODE_RIG without a look at the machine', async () => {
    const unexpected = () => assert.fail('looked at the machine');
    for (const kind of ['electron', 'server'] as const) {
      const choice = await chooseRig({ ...requesting(kind), isDownloaded: unexpected, canDownload: unexpected });
      assert.equal(choice.kind, kind);
    }
  });

  it('refuses another value', async () => {
    await assert.rejects(chooseRig(requesting('firefox')), /electron, server or auto/);
  });

  it('chooses VS Code itself if it is installed or can be downloaded, else the server', async () => {
    const kindOf = async (found: Partial<RigEvidence>) => (await chooseRig({ ...nothing, ...found })).kind;
    assert.equal(await kindOf({}), 'server');
    assert.equal(await kindOf({ env: { TEST_VSCODE_RIG: 'auto' } }), 'server');
    assert.equal(await kindOf({ env: { VSCODE_EXECUTABLE: '/opt/code' } }), 'electron');
    assert.equal(await kindOf({ isDownloaded: () => true }), 'electron');
    assert.equal(await kindOf({ canDownload: async () => true }), 'electron');
  });
});

describe('workbenchUrl', () => {
  const parts = (url: string) => Object.fromEntries(new URL(url).searchParams);
  const origin = 'http://127.0.0.1:4321';

  it('opens folders, workspace files and the empty window', () => {
    assert.equal(parts(workbenchUrl({ origin, workspace: '/w/a b' }))['folder'], '/w/a b');
    assert.equal(parts(workbenchUrl({ origin, workspace: '/w/x.code-workspace' }))['workspace'], '/w/x.code-workspace');
    assert.equal(parts(workbenchUrl({ origin }))['ew'], 'true');
  });

  it("gives the suite as an address of the page's server", () => {
    const suite = { driver: '/d', script: '/s/run.js' };
    const payload: unknown = JSON.parse(parts(workbenchUrl({ origin, suite }))['payload'] ?? '[]');
    assert.deepEqual(payload, [
      ['extensionDevelopmentPath', 'vscode-remote://127.0.0.1:4321/d'],
      ['extensionTestsPath', 'vscode-remote://127.0.0.1:4321/s/run.js'],
      ['skipWelcome', 'true'],
      ['skipReleaseNotes', 'true'],
    ]);
  });
});
