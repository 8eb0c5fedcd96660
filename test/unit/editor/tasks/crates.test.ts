import assert from 'node:assert/strict';
import { type Crate, crateOf, cratesOf, expectedBlob, newestBlob } from '../../../../src/editor/tasks/crates.ts';
import { crateFor, filesOf, taskNameOf } from '../../../../src/editor/tasks/task-definition.ts';
import { runtime } from '../views/samples.ts';

const manifestPath = '/home/me/chain/runtime/Cargo.toml';
const unbuilt: Crate = { name: 'my-runtime', manifestPath, isBuilt: false };
const searched = {
  folders: [],
  targets: ['/home/me/target', '/home/me/chain/target', '/elsewhere/target'].map((path) => ({
    path,
    why: '',
    state: 'absent' as const,
    runtimes: 0,
  })),
};

describe('cratesOf', () => {
  it('has the package name, not the name of the folder or the file', () => {
    const built = { ...runtime, name: 'node_runtime', crateName: 'acme-runtime' };
    const crates = cratesOf({ all: [built], unbuilt: [{ crateName: 'other-runtime', manifestPath: '/o/Cargo.toml' }] });
    assert.deepEqual(
      crates.map(({ name, isBuilt }) => [name, isBuilt]),
      [
        ['other-runtime', false],
        ['acme-runtime', true],
      ],
    );
  });

  it('has one crate for several builds', () => {
    const production = { ...runtime, id: 'production', profile: 'production' };
    assert.equal(cratesOf({ all: [runtime, production], unbuilt: [] }).length, 1);
  });
});

describe('newestBlob', () => {
  it('is the one that was built last', () => {
    const { blob } = runtime;
    const newer = { ...runtime, id: 'b', blob: { ...blob, path: '/newer.wasm', modifiedMs: blob.modifiedMs + 1 } };
    const crate = crateOf(runtime);
    assert.ok(crate);
    assert.equal(newestBlob(crate, [runtime, newer]), '/newer.wasm');
    assert.equal(newestBlob(unbuilt, []), undefined);
  });
});

describe('expectedBlob', () => {
  const at = (...args: string[]) => expectedBlob(unbuilt, args, searched);

  it('is below the innermost target folder around the crate', () => {
    const file = '/home/me/chain/target/release/wbuild/my-runtime/my_runtime.compact.compressed.wasm';
    assert.equal(at('--release'), file);
    assert.equal(at('-r'), file);
  });

  it('is in the folder of the profile', () => {
    assert.match(at('--profile', 'production'), /\/target\/production\/wbuild\//);
    assert.match(at('--profile=production', '--release'), /\/target\/production\/wbuild\//);
    assert.match(at('--profile', 'dev'), /\/target\/debug\/wbuild\//);
    assert.match(at(), /\/target\/debug\/wbuild\//);
  });

  it('is beside the manifest before the first search', () => {
    assert.match(expectedBlob(unbuilt, ['--release'], undefined), /^\/home\/me\/chain\/runtime\/target\/release\//);
  });
});

describe('a task of tasks.json', () => {
  const crates = [unbuilt, { ...unbuilt, name: 'other-runtime', manifestPath: '/o/Cargo.toml' }];

  it('names a crate by its package name or its manifest', () => {
    assert.equal(crateFor({ crate: 'other-runtime' }, crates, '/w')?.manifestPath, '/o/Cargo.toml');
    assert.equal(crateFor({ manifest: manifestPath }, crates, '/w')?.name, 'my-runtime');
    assert.equal(crateFor({ manifest: 'runtime/Cargo.toml' }, crates, '/home/me/chain')?.name, 'my-runtime');
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of VS Code
    const manifest = '${workspaceFolder}/runtime/Cargo.toml';
    assert.equal(crateFor({ manifest }, crates, '/home/me/chain')?.name, 'my-runtime');
  });

  it('needs no name for the only crate', () => {
    assert.equal(crateFor({}, [unbuilt], '/w')?.name, 'my-runtime');
    assert.equal(crateFor({}, crates, '/w'), undefined);
    assert.equal(crateFor({ crate: 'absent' }, [unbuilt], '/w'), undefined);
  });

  it('may have any values', () => {
    assert.equal(taskNameOf({ task: 7 }), undefined);
    assert.equal(taskNameOf({ task: 'prepare' }), 'prepare');
    assert.deepEqual(filesOf({ runtime: 7, files: ['a.wasm', 8, ' '] }), ['a.wasm']);
    assert.deepEqual(filesOf({ runtime: 'a.wasm', files: 'b.wasm' }), ['a.wasm']);
  });

  it('may name files in the home folder', () => {
    const [file = ''] = filesOf({ files: ['~/x.wasm'] });
    assert.match(file, /^\/.*\/x\.wasm$/);
    assert.doesNotMatch(file, /~/);
  });
});
