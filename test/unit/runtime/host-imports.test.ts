import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eccHostFunctions, hostFunctions } from '../../../src/polkadot/host-functions.ts';
import { missingImports } from '../../../src/runtime/host-imports.ts';
import type { ImportFamily } from '../../../src/runtime/import-families.ts';

/** The functions that the worker links, as the generated table of the engine lists them. */
function engineTable(constant: 'BASE' | 'ECC_RFC163'): string[] {
  const source = readFileSync(path.join(import.meta.dirname, '../../../engine/src/host_functions.rs'), 'utf8');
  const [, rows = ''] = source.split(`pub const ${constant}: &[HostFunction] = &[`);
  return [...(rows.split('];')[0] ?? '').matchAll(/\("(ext_\w+)"/g)].map(([, name = '']) => name);
}

describe('the known host functions', () => {
  it('include those that the worker links', () => {
    const linked = engineTable('BASE');
    assert.ok(linked.length > 40);
    assert.deepEqual(
      linked.filter((name) => !hostFunctions.has(name)),
      [],
    );
  });

  it('have exactly the elliptic-curve functions that the worker links with EccRfc163', () => {
    assert.deepEqual([...eccHostFunctions.keys()].sort(), engineTable('ECC_RFC163').sort());
  });

  it('have no interface of the worker that the worker does not have whole', () => {
    // Storage, child storage and the rest are replaced inside validate_block, so the worker does not link them.
    const linked = new Set(engineTable('BASE'));
    const ofLinkedInterfaces = [...hostFunctions.keys()].filter((name) =>
      /^ext_(misc|crypto|hashing|allocator|logging|trie)_/.test(name),
    );
    assert.deepEqual(
      ofLinkedInterfaces.filter((name) => !linked.has(name)),
      [],
    );
  });
});

describe('missingImports', () => {
  const families: Readonly<Record<string, ImportFamily | undefined>> = {
    ext_storage_get_version_1: undefined,
    ext_storage_clear_prefix_version_3: undefined,
    ext_storage_proof_size_storage_proof_size_version_1: undefined,
    ext_statement_store_remove_by_version_1: undefined,
    ext_transaction_index_index_version_1: undefined,
    ext_offchain_http_request_start_version_1: undefined,
    ext_wasm_tracing_enter_span_version_1: undefined,
    ext_panic_handler_abort_on_panic_version_1: undefined,
    ext_storage_clear_prefix_version_4: 'unknown-version',
    ext_hashing_blake3_256_version_1: 'unknown-version',
    ext_benchmarking_commit_db_version_1: 'benchmarking',
    ext_host_calls_pallas_msm_version_1: 'ecc',
    ext_host_calls_bls12_377_msm_g1_version_1: 'experimental',
    ext_elliptic_curves_bls12_381_msm_g1_version_1: 'experimental',
    ext_crypto_bandersnatch_sign_version_1: 'experimental',
    ext_crypto_ecdsa_bls381_generate_version_1: 'experimental',
    ext_moonbeam_ext_call_list_entry_version_1: 'tracing',
    ext_my_evm_ext_raw_gas_version_1: 'tracing',
    ext_sandbox_instantiate_version_1: 'removed',
    ext_runtime_tasks_spawn_version_1: 'removed',
    ext_storage_child_get_version_1: 'removed',
    ext_storage_blake2_256_ordered_trie_root_version_1: 'removed',
    ext_set_storage: 'removed',
    ext_kvdb_get_version_1: 'custom',
    rust_begin_unwind: 'panic-handler',
    _ZN4core9panicking9panic_fmt17h0123456789abcdefE: 'not-linked',
    ring_core_0_17_8_bn_mul_mont: 'not-linked',
    rustsecp256k1_v0_10_0_ec_pubkey_create: 'not-linked',
    rust_eh_personality: 'rust-runtime',
    _Unwind_Resume: 'rust-runtime',
    __rust_alloc: 'rust-runtime',
    _RNvCscSpY9Juk0HT_7___rustc12___rust_alloc: 'rust-runtime',
    __getrandom_v03_custom: 'randomness',
    __wbindgen_throw: 'wasm-bindgen',
    emscripten_notify_memory_growth: 'emscripten',
    __cxa_throw: 'emscripten',
    seal_return: 'contract',
    memcpy: 'c-library',
    __stack_chk_fail: 'c-library',
    __udivti3: 'c-library',
    __multi3: 'c-library',
    __addtf3: 'c-library',
    snprintf: 'c-library',
    sin: 'c-library',
    ext_sandbox_memory_new_version_1: 'removed',
    ext_misc_chain_id_version_1: 'removed',
    ext_input_read_version_1: 'unknown-version',
    ext_evm_trace_begin_version_1: 'tracing',
  };
  for (const [name, family] of Object.entries(families)) {
    it(`${name}: ${family ?? 'offered'}`, () => {
      const [found] = missingImports([{ module: 'env', name, kind: 'function' }]);
      assert.equal(found?.family, family);
    });
  }

  it('knows other modules and kinds; every node provides the memory', () => {
    const found = missingImports([
      { module: 'env', name: 'memory', kind: 'memory', memory: { min: 17 } },
      { module: 'env', name: '__indirect_function_table', kind: 'table' },
      { module: '__wbindgen_placeholder__', name: '__wbindgen_throw', kind: 'function' },
      { module: './app_bg.js', name: '__wbg_now', kind: 'function' },
      { module: 'wasi_snapshot_preview1', name: 'fd_write', kind: 'function' },
      { module: 'seal0', name: 'seal_return', kind: 'function' },
      { module: 'other', name: 'f', kind: 'function' },
    ]);
    assert.deepEqual(
      found.map(({ family }) => family),
      ['not-a-function', 'wasm-bindgen', 'wasm-bindgen', 'wasi', 'contract', 'other-module'],
    );
  });
});
