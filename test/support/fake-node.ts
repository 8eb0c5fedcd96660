/** A node that serves the state of a made-up chain, with the JSON-RPC methods of real nodes. Any answer can be replaced. */
import { getDynamicBuilder, getLookupFn } from '@polkadot-api/metadata-builders';
import { compactNumber, decAnyMetadata, unifyMetadata } from '@polkadot-api/substrate-bindings';
import { concat, toHex } from '../../src/base/bytes.ts';
import { type HostileServer, startHostileServer } from './hostile-rpc.ts';

export const BLOCK = `0x${'b1'.repeat(32)}`;
export const GENESIS = `0x${'00'.repeat(31)}01`;

export interface FakeChain {
  readonly metadata: Uint8Array;
  readonly version?: Readonly<Record<string, unknown>>;
  /** Values as polkadot-api has them: `['Paras.CurrentCodeHash', [2000], '0x…']`. */
  readonly values?: readonly (readonly [entry: string, keys: readonly unknown[], value: unknown])[];
  /** Storage as key and value in hex. */
  readonly raw?: Readonly<Record<string, string>>;
  /** What the runtime's functions give: `['ParachainHost.session_index_for_child', 7]`. */
  readonly calls?: Readonly<Record<string, unknown>>;
}

export interface FakeNode extends AsyncDisposable {
  readonly url: string;
  /** The methods that were called. */
  readonly asked: readonly string[];
  /** How many connections there were. */
  readonly connections: () => number;
  /** Closes the connections that are open. */
  drop(): void;
}

/** Instead of the true answer to a method. Undefined: the true one. */
export type Lie = (method: string, params: readonly unknown[], truth: () => unknown) => unknown;

/** The server answers with an error of JSON-RPC. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** The server does not answer. */
export class Silence extends Error {}

export async function startFakeNode(chain: FakeChain, lie: Lie = () => undefined): Promise<FakeNode> {
  const answer = answersOf(chain);
  const asked: string[] = [];
  const server: HostileServer = await startHostileServer({
    onMessage(socket, text) {
      const { id, method, params } = JSON.parse(text) as { id: number; method: string; params: unknown[] };
      asked.push(method);
      const reply = (content: object) => socket.send(JSON.stringify({ jsonrpc: '2.0', id, ...content }));
      try {
        const truth = () => answer(method, params);
        reply({ result: lie(method, params, truth) ?? truth() });
      } catch (error) {
        if (error instanceof Silence) return;
        const { code = -32603, message } = error as Partial<Refusal>;
        reply({ error: { code, message } });
      }
    },
  });
  return {
    url: server.url,
    asked,
    connections: server.connections,
    drop: server.drop,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function answersOf({ metadata, version, values = [], raw = {}, calls = {} }: FakeChain) {
  const unified = decoded(metadata);
  const builder = unified && getDynamicBuilder(getLookupFn(unified));
  const storage = new Map<string, string>(Object.entries(raw));
  const runtimeCalls = new Map<string, string>();
  if (builder !== undefined) {
    for (const [entry, keys, value] of values) {
      const codec = builder.buildStorage(...nameOf(entry));
      storage.set(codec.keys.enc(...keys), toHex(codec.value.enc(value)));
    }
    for (const [call, value] of Object.entries(calls)) {
      runtimeCalls.set(call.replace('.', '_'), toHex(builder.buildRuntimeCall(...nameOf(call)).value.enc(value)));
    }
  }
  const format = metadata[4] ?? 0;
  const opaque = concat(compactNumber.enc(metadata.length), metadata);
  if (format === 14) runtimeCalls.set('Metadata_metadata', toHex(opaque));
  else {
    runtimeCalls.set('Metadata_metadata_versions', toHex(Uint8Array.of(8, 14, 0, 0, 0, format, 0, 0, 0)));
    runtimeCalls.set('Metadata_metadata_at_version', toHex(concat(Uint8Array.of(1), opaque)));
  }
  const stored = (key: unknown) => storage.get(String(key)) ?? null;
  const methods: Readonly<Record<string, (...params: readonly unknown[]) => unknown>> = {
    chain_getFinalizedHead: () => BLOCK,
    chain_getHeader: () => ({ number: '0x1000', parentHash: GENESIS }),
    chain_getBlockHash: () => GENESIS,
    state_getRuntimeVersion: () => ({
      specName: 'testnet',
      specVersion: 1_000_000,
      transactionVersion: 26,
      ...version,
    }),
    state_getStorage: stored,
    state_call: (name) => {
      const found = runtimeCalls.get(String(name));
      if (found === undefined) throw new Refusal(-32603, `Exported method ${String(name)} is not found`);
      return found;
    },
    state_getKeysPaged: (prefix, count, start) =>
      [...storage.keys()]
        .filter((key) => key.startsWith(String(prefix)) && key > String(start ?? ''))
        .sort()
        .slice(0, Number(count)),
    state_queryStorageAt: (keys) => [
      { block: BLOCK, changes: (keys as readonly unknown[]).map((key) => [key, stored(key)]) },
    ],
  };
  return (method: string, params: readonly unknown[]) => {
    const run = methods[method];
    if (run === undefined) throw new Refusal(-32601, 'Method not found');
    return run(...params);
  };
}

function decoded(metadata: Uint8Array) {
  try {
    return unifyMetadata(decAnyMetadata(metadata));
  } catch {
    return undefined;
  }
}

function nameOf(text: string): [string, string] {
  const [pallet = '', name = ''] = text.split('.');
  return [pallet, name];
}

/** The key of a value that is in no map, as `Paras.Parachains`. */
export function keyOf(metadata: Uint8Array, entry: string): string {
  const builder = getDynamicBuilder(getLookupFn(unifyMetadata(decAnyMetadata(metadata))));
  return builder.buildStorage(...nameOf(entry)).keys.enc();
}

/** The key of `:code`. */
export const CODE_KEY = toHex(Uint8Array.from(Buffer.from(':code')));
