import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { hostFunctionsIn } from '../../../scripts/host-functions/interfaces.ts';
import { signatureOf } from '../../../scripts/host-functions/signature.ts';
import { eccHostFunctions, hostFunctions } from '../../../src/polkadot/host-functions.ts';
import { findRelease } from '../../../src/polkadot/node-releases.ts';

describe('the table of host functions', () => {
  it('has the signatures that the worker links, as the compiler sees them', () => {
    const source = readFileSync(new URL('../../../engine/src/host_functions.rs', import.meta.url), 'utf8');
    const rows = [...source.matchAll(/\("(ext_\w+)", &\[(.*?)\], &\[(.*?)\]\)/g)];
    assert.ok(rows.length > 50);
    for (const [, name = '', params = '', results = ''] of rows) {
      const words = (list: string) => list.replace(/["\s]/g, '').replaceAll(',', ' ');
      const signature = `${words(params)} -> ${words(results)}`.trim();
      assert.equal((hostFunctions.get(name) ?? eccHostFunctions.get(name))?.signature, signature, name);
    }
  });
});

describe('findRelease', () => {
  const releases: Readonly<Record<string, string | undefined>> = {
    stable2509: '1.20.0',
    'polkadot-stable2509-3': '1.20.0',
    unstable2604: '1.22.0',
    stable2999: '1.25.0',
    'v1.20.3': '1.20.0',
    '1.14': '1.13.0',
    '2.0.0': '1.25.0',
    '1.2.0': undefined,
    stable2001: undefined,
    newest: undefined,
    '': undefined,
  };
  for (const [name, version] of Object.entries(releases)) {
    it(`${name || 'nothing'}: ${version ?? 'unknown'}`, () => assert.equal(findRelease(name)?.version, version));
  }
});

describe('the reader of #[runtime_interface]', () => {
  const source = `
    /// A trait { with a brace in its docs.
    #[runtime_interface(wasm_only)]
    pub trait ChildStorage {
      #[version(2, register_only)]
      fn root(&mut self, version: PassAs<StateVersion, u8>) -> AllocateAndReturnFatPointer<Vec<u8>> { "}".into() }
      fn get(key: PassFatPointerAndRead<&[u8]>, offset: u32) {}
      #[cfg(feature = "bls-experimental")]
      fn bls(&mut self) {}
    }
    pub trait Other { fn not_a_host_function(&self) {} }
  `;

  it('finds names, versions and wasm types', () => {
    const found = hostFunctionsIn(source).map((declared) => [
      declared.name,
      signatureOf(declared),
      declared.isExperimental,
    ]);
    assert.deepEqual(found, [
      ['ext_child_storage_root_version_2', 'i32 -> i64', false],
      ['ext_child_storage_get_version_1', 'i64 i32 ->', false],
      ['ext_child_storage_bls_version_1', '->', true],
    ]);
  });
});
