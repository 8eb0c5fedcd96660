import type { Profile } from '../../limits/profile.ts';
import type { Endpoint } from '../endpoint.ts';
import type { ChainIdentity } from '../messages.ts';
import type { ChainLimits } from './relay-limits.ts';

/** The profile of a chain, named like it. People put profiles into repositories, so no password or API key gets into it. */
export function profileOf(chain: ChainIdentity, limits: ChainLimits, { shown, isPublic }: Endpoint): Profile {
  const { kind, specName, specVersion, block } = chain;
  const isRelay = kind === 'relay';
  const entry = isRelay ? 'Configuration.ActiveConfig' : 'ParachainSystem.HostConfiguration';
  return {
    name: specName,
    source: `${entry} of ${specName} ${specVersion} at block ${block.number}, read from ${shown}`,
    date: new Date().toISOString().slice(0, 10),
    ...limits,
    // A parachain knows neither name nor block of its relay chain for sure.
    ...(isRelay && { chain: specName, specVersion, block }),
    ...(isPublic && { rpc: shown }),
    notes: [
      ...limits.notes,
      ...(isPublic ? [] : ['the address of the endpoint is not stored, because it may hold a password or an API key']),
    ],
  };
}
