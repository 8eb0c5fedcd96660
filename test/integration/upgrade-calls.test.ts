/** The call data of every real runtime, against polkadot-api's encoder. */
import assert from 'node:assert/strict';
import { blake2b } from '@noble/hashes/blake2.js';
import { getDynamicBuilder, getLookupFn } from '@polkadot-api/metadata-builders';
import { decAnyMetadata, unifyMetadata } from '@polkadot-api/substrate-bindings';
import { concat, toHex } from '../../src/base/bytes.ts';
import { type MadeCall, upgradeCalls } from '../../src/check/upgrade/upgrade-calls.ts';
import type { Pallet } from '../../src/model/metadata.ts';
import { readRuntime } from '../../src/runtime/blob.ts';
import { decompress } from '../../src/runtime/compression.ts';
import { decodeMetadata, withoutLength } from '../../src/runtime/metadata/decode.ts';
import { Executor } from '../../src/runtime/metadata/executor.ts';
import { describeWithCorpus } from '../support/corpus.ts';

/** The metadata of a runtime, from the magic number on. */
async function metadataOf(stored: Uint8Array): Promise<Uint8Array> {
  const decompressed = await decompress(stored, 100 * 1024 * 1024);
  assert.equal(decompressed.kind, 'ok');
  const execution = new Executor().metadata(decompressed.kind === 'ok' ? decompressed.raw : stored);
  assert.equal(execution.kind, 'ok');
  const bytes = execution.kind === 'ok' ? withoutLength(execution.bytes) : undefined;
  assert.ok(bytes);
  return bytes;
}

/** Encodes calls with code of polkadot-api alone. */
function otherEncoder(metadata: Uint8Array): (name: string, args: Record<string, unknown>) => Uint8Array {
  const unified = unifyMetadata(decAnyMetadata(metadata));
  const builder = getDynamicBuilder(getLookupFn(unified));
  return (name, args) => {
    const [pallet = '', call = ''] = name.split('.');
    const { codec, location } = builder.buildCall(pallet, call);
    return concat(Uint8Array.from(location), codec.enc(args));
  };
}

const ways = {
  system: ['System.authorize_upgrade', 'System.apply_authorized_upgrade', 'System.authorize_upgrade_without_checks'],
  parachain: ['ParachainSystem.authorize_upgrade', 'ParachainSystem.enact_authorized_upgrade'],
} as const;

describeWithCorpus('upgradeCalls', ({ blobs, path }) => {
  const runtimes = blobs.filter(({ group, runtime_version }) => group === 'pvf' && runtime_version !== undefined);
  const seen: string[] = [];
  for (const { name, file } of runtimes) {
    it(`encodes the calls of ${name} as polkadot-api does`, async function () {
      this.timeout(120_000);
      const blob = await readRuntime(path(file));
      const bytes = await metadataOf(blob.stored);
      const decoded = decodeMetadata(bytes);
      if (decoded.kind === 'ancient') return;
      assert.equal(decoded.kind, 'ok');
      if (decoded.kind !== 'ok') return;
      const made = upgradeCalls(decoded.metadata, blob);
      assert.equal(made.kind, 'made');
      const calls = made.kind === 'made' ? made.calls : [];
      const encode = otherEncoder(bytes);
      const [first] = calls;
      assert.ok(first);
      const way = first.name.startsWith('System') ? ways.system : ways.parachain;
      assert.deepEqual(
        calls.slice(0, way.length).map((call) => call.name),
        way,
      );
      seen.push(...calls.map((call) => call.name));
      // Runtimes without an authorization, such as old relay chains.
      const alone = { ...decoded.metadata, pallets: decoded.metadata.pallets.map(withoutAuthorization) };
      const old = upgradeCalls(alone, blob);
      assert.ok(old.kind === 'made' && old.calls[0]?.name === 'System.set_code');
      assertSame(old.calls[0], encode('System.set_code', { code: blob.stored }));
      for (const call of calls) assertSame(call, encode(call.name, argumentsOf(call, blob, concat(...first.parts))));
    });
  }

  it('has seen every way', () => {
    const names = new Set(seen);
    const wanted = [...ways.system, ...ways.parachain, 'Preimage.note_preimage', 'Sudo.sudo'];
    assert.deepEqual(
      wanted.filter((name) => !names.has(name)),
      [],
    );
  });
});

function withoutAuthorization(pallet: Pallet): Pallet {
  return { ...pallet, calls: pallet.calls.filter((call) => !call.name.startsWith('authorize_upgrade')) };
}

function argumentsOf(
  { name }: MadeCall,
  { stored, codeHash }: { readonly stored: Uint8Array; readonly codeHash: string },
  first: Uint8Array,
): Record<string, unknown> {
  if (name.endsWith('note_preimage')) return { bytes: first };
  if (name.startsWith('Sudo')) return { call: sudoArgument(codeHash, first) };
  return { code_hash: codeHash, check_version: true, code: stored };
}

/** The same call as polkadot-api writes it. */
function sudoArgument(codeHash: string, first: Uint8Array) {
  const isOld = first.length === 35;
  return {
    type: isOld ? 'ParachainSystem' : 'System',
    value: { type: 'authorize_upgrade', value: { code_hash: codeHash, ...(isOld && { check_version: true }) } },
  };
}

function assertSame({ name, parts, data, bytes, hash }: MadeCall, other: Uint8Array): void {
  const own = concat(...parts);
  assert.equal(Buffer.compare(own, other), 0, name);
  assert.equal(bytes, other.length);
  assert.equal(hash, toHex(blake2b(other, { dkLen: 32 })));
  assert.equal(data, other.length <= 1024 ? toHex(other) : undefined);
}
