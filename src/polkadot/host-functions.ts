/**
 * The host functions of today's nodes: those that a node of a parachain offers to its runtime. Nodes keep every version of a
 * function, so the table has the newest version of each.
 *
 * Sources: sp-io 49.0.0 (`SubstrateHostFunctions`, without the experimental features), sp-statement-store and
 * cumulus-primitives-proof-size-hostfunction 0.21.0, which polkadot-omni-node adds, and sp-crypto-ec-utils 0.24.0.
 */

type NewestVersions = Readonly<Record<string, number>>;

/** Interface → function → newest version. */
const interfaces: Readonly<Record<string, NewestVersions>> = {
  storage: {
    ...first('get read set clear exists append changes_root next_key'),
    ...first('start_transaction rollback_transaction commit_transaction'),
    clear_prefix: 3,
    root: 2,
  },
  default_child_storage: {
    ...first('get read set clear exists next_key'),
    storage_kill: 4,
    clear_prefix: 3,
    root: 2,
  },
  trie: {
    blake2_256_root: 2,
    blake2_256_ordered_root: 2,
    keccak_256_root: 2,
    keccak_256_ordered_root: 2,
    blake2_256_verify_proof: 2,
    keccak_256_verify_proof: 2,
  },
  misc: first('print_num print_utf8 print_hex runtime_version'),
  crypto: {
    ...first('ed25519_public_keys ed25519_generate ed25519_sign ed25519_verify ed25519_batch_verify'),
    ...first('sr25519_public_keys sr25519_generate sr25519_sign sr25519_batch_verify'),
    ...first('start_batch_verify finish_batch_verify'),
    ...first('ecdsa_public_keys ecdsa_generate ecdsa_sign ecdsa_sign_prehashed ecdsa_verify_prehashed'),
    ...first('ecdsa_batch_verify'),
    sr25519_verify: 2,
    ecdsa_verify: 2,
    secp256k1_ecdsa_recover: 2,
    secp256k1_ecdsa_recover_compressed: 2,
  },
  hashing: first('keccak_256 keccak_512 sha2_256 blake2_128 blake2_256 twox_256 twox_128 twox_64'),
  transaction_index: first('index renew'),
  offchain_index: first('set clear'),
  offchain: {
    ...first('is_validator submit_transaction network_state timestamp sleep_until random_seed set_authorized_nodes'),
    ...first('local_storage_set local_storage_clear local_storage_compare_and_set local_storage_get'),
    ...first('http_request_start http_request_add_header http_request_write_body'),
    ...first('http_response_wait http_response_headers http_response_read_body'),
  },
  allocator: first('malloc free'),
  panic_handler: first('abort_on_panic'),
  logging: first('log max_level'),
  wasm_tracing: first('enabled enter_span event exit'),
  statement_store: first('submit_statement statements statement broadcasts posted posted_clear remove remove_by'),
  storage_proof_size: first('storage_proof_size'),
};

/** Offered by every node. */
export const hostFunctions: ReadonlySet<string> = new Set(
  Object.entries(interfaces).flatMap(([name, functions]) => namesOf(name, functions)),
);

/** The names of the interfaces, such as `default_child_storage`. */
export const hostInterfaces: readonly string[] = Object.keys(interfaces);

/** Validators offer these only with the executor param `EnabledHostFunction(EccRfc163)`. */
export const eccHostFunctions: ReadonlySet<string> = new Set(
  namesOf(
    'host_calls',
    first(
      'bls12_381_final_exponentiation bls12_381_msm_g1 bls12_381_msm_g2 bls12_381_mul_g1 bls12_381_mul_g2 ' +
        'bls12_381_multi_miller_loop ed_on_bls12_381_bandersnatch_msm ed_on_bls12_381_bandersnatch_mul ' +
        'pallas_msm pallas_mul vesta_msm vesta_mul',
    ),
  ),
);

/** Functions that have one version only. */
function first(names: string): NewestVersions {
  return Object.fromEntries(names.split(' ').map((name) => [name, 1]));
}

/** `ext_<interface>_<function>_version_<n>`, as `#[runtime_interface]` names them. */
function namesOf(interfaceName: string, functions: NewestVersions): string[] {
  return Object.entries(functions).flatMap(([name, newest]) =>
    Array.from({ length: newest }, (_, index) => `ext_${interfaceName}_${name}_version_${index + 1}`),
  );
}
