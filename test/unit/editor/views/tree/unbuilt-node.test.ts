import assert from 'node:assert/strict';
import { unbuiltNodes } from '../../../../../src/editor/views/tree/unbuilt-node.ts';
import { english } from '../samples.ts';

const crates = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    crateName: `runtime-${index}`,
    manifestPath: `/w/runtime-${index}/Cargo.toml`,
  }));

describe('unbuiltNodes', () => {
  it('shows each crate with what its commands need', () => {
    const [node] = unbuiltNodes([{ crateName: 'frequency-runtime', manifestPath: '/w/runtime/Cargo.toml' }], english);
    assert.deepEqual([node?.label, node?.description, node?.context], ['frequency-runtime', 'not built', 'unbuilt']);
    assert.equal(node?.manifestPath, '/w/runtime/Cargo.toml');
    assert.match(node.tooltip ?? '', /^\/w\/runtime\/Cargo\.toml\n.*Build it/);
  });

  it('groups many crates, so that they do not hide the runtimes', () => {
    assert.equal(unbuiltNodes(crates(3), english).length, 3);
    const [group, ...others] = unbuiltNodes(crates(4), english);
    assert.deepEqual([group?.label, group?.description, group?.children.length], ['Not built', '4', 4]);
    assert.deepEqual(others, []);
    assert.notEqual(group?.isOpen, true);
  });

  it('shows nothing if all crates are built', () => assert.deepEqual(unbuiltNodes([], english), []));
});
