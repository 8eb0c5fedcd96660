import assert from 'node:assert/strict';
import type { ContainerKind } from '../../../src/model/report.ts';
import { type BuildVariant, buildVariant } from '../../../src/runtime/build-variant.ts';

describe("which of wasm-builder's files a blob is", () => {
  const cases: [string, ContainerKind, BuildVariant | undefined][] = [
    ['target/release/wbuild/shell-runtime/shell_runtime.compact.compressed.wasm', 'compressed-wasm', 'compressed'],
    ['target/release/wbuild/shell-runtime/shell_runtime.compact.wasm', 'wasm', 'compact'],
    ['target/release/wbuild/shell-runtime/shell_runtime.wasm', 'wasm', 'bloaty'],
    ['C:\\work\\wbuild\\shell-runtime\\shell_runtime.wasm', 'wasm', 'bloaty'],
    ['wbuild/shell_runtime.wasm', 'wasm', 'bloaty'],
    ['out/shell_runtime.compact.wasm', 'wasm', 'compact'],
    ['out/shell_runtime.wasm', 'wasm', undefined],
    ['notwbuild/shell_runtime.wasm', 'wasm', undefined],
    ['out/shell_runtime.wasm', 'compressed-wasm', 'compressed'],
    ['out/shell_runtime.compact.compressed.wasm', 'wasm', undefined],
    ['target/release/wbuild/x/x.compact.wasm', 'hex', undefined],
    ['spec.json', 'chain-spec', undefined],
    ['target/release/wbuild/x/x.wasm', 'unknown', undefined],
  ];
  for (const [path, container, expected] of cases) {
    it(`${path} with ${container} content: ${expected ?? 'not known'}`, () => {
      assert.equal(buildVariant(path, container), expected);
    });
  }
});
