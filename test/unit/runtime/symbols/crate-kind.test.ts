import assert from 'node:assert/strict';
import { isOwnCrate, isPallet } from '../../../../src/runtime/symbols/crate-kind.ts';

describe('the kind of a crate', () => {
  it('knows pallets', () => {
    const pallets =
      'pallet_xcm cumulus_pallet_xcmp_queue snowbridge_pallet_system frame_system orml_tokens acme_pallet';
    const others = 'frame_support orml_traits sp_runtime shell_runtime core pallets';
    assert.deepEqual(
      pallets.split(' ').filter((crate) => !isPallet(crate)),
      [],
    );
    assert.deepEqual(others.split(' ').filter(isPallet), []);
  });

  it('knows what a team did not write', () => {
    const published =
      'core alloc sp_io frame_support staging_xcm xcm xcm_executor serde_json num_traits hashbrown k256 evm_core';
    const own = 'shell_runtime hydra_dx_math runtime_common module_evm pallet_omnipool';
    assert.deepEqual(
      published.split(' ').filter((crate) => isOwnCrate(crate)),
      [],
    );
    assert.deepEqual(
      own.split(' ').filter((crate) => !isOwnCrate(crate)),
      [],
    );
    assert.ok(!isOwnCrate('staging_node_runtime') && isOwnCrate('staging_node_runtime', 'staging_node_runtime'));
  });
});
