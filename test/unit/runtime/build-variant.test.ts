import assert from 'node:assert/strict';
import type { BuildVariant } from '../../../src/model/build-variant.ts';
import type { ContainerKind } from '../../../src/model/report.ts';
import { buildVariant, likelyVariant, stemOf } from '../../../src/runtime/build-variant.ts';

describe('buildVariant', () => {
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
    ['target/release/wbuild/x/x.wasm', 'polkavm', undefined],
  ];
  for (const [path, container, expected] of cases) {
    it(`${path} with ${container} content: ${expected ?? 'unknown'}`, () => {
      assert.equal(buildVariant(path, container), expected);
    });
  }
});

describe('likelyVariant', () => {
  const cases: [string, 'wasm' | 'compressed-wasm', BuildVariant][] = [
    ['x.compact.compressed.wasm', 'compressed-wasm', 'compressed'],
    ['x.wasm', 'compressed-wasm', 'compressed'],
    ['x.compact.wasm', 'wasm', 'compact'],
    ['x.compact.compressed.wasm', 'wasm', 'compact'],
    ['x.wasm', 'wasm', 'bloaty'],
    ['x', 'wasm', 'bloaty'],
  ];
  for (const [name, content, expected] of cases) {
    it(`${name} with ${content} content: ${expected}`, () => assert.equal(likelyVariant(name, content), expected));
  }
});

describe('stemOf', () => {
  const cases: [string, string][] = [
    ['x.compact.compressed.wasm', 'x'],
    ['x.rs.compact.wasm', 'x.rs'],
    ['x.wasm', 'x'],
    ['x.wasm.bak', 'x.wasm.bak'],
    ['.wasm', '.wasm'],
  ];
  for (const [name, stem] of cases) it(`${name}: ${stem}`, () => assert.equal(stemOf(name), stem));
});
