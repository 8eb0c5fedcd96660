import assert from 'node:assert/strict';
import { buildProfile } from '../../../src/runtime/build-profile.ts';

describe('buildProfile', () => {
  const cases: Readonly<Record<string, string | undefined>> = {
    '/p/target/release/wbuild/a/a.compact.wasm': 'release',
    'target/debug/wbuild/a/a.wasm': 'debug',
    'target/x86_64-unknown-linux-gnu/production/wbuild/a/a.wasm': 'production',
    'target/rust-analyzer/debug/wbuild/a/a.wasm': 'debug',
    '/cargo-target/on-chain/wbuild/a/target/wasm32v1-none/release/a.wasm': 'on-chain',
    'target/srtool/release/wbuild/a/a.compact.wasm': 'release',
    'C:\\p\\target\\debug\\wbuild\\a\\a.wasm': 'debug',
    'target/release/rbuild/a/a-blob.polkavm': 'release',
    'release/a.wasm': undefined,
    'wbuild/a/a.wasm': undefined,
    'target/release/mywbuild/a.wasm': undefined,
  };
  for (const [path, profile] of Object.entries(cases)) {
    it(`${path}: ${profile ?? 'unknown'}`, () => assert.equal(buildProfile(path), profile));
  }
});
