/** Reads values that were decoded by a chain's metadata. The metadata decide their types, so they are not trusted. */
import { readForeignWhole } from '../../limits/foreign-json.ts';
import { isObject } from '../../limits/host-configuration.ts';
import { failOnValue } from './read-failure.ts';

const U32 = [0n, 0xffff_ffffn] as const;

/** A `u32`. */
export function whole(value: unknown, place: string): number {
  return Number(readForeignWhole(value, place, U32, failOnValue));
}

/** 32 bytes as 0x-hex. */
export function hashOf(value: unknown, place: string): string {
  return typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value) ? value : failOnValue(place, 'is no hash');
}

/** A list of pairs of numbers. */
export function pairs(value: unknown, place: string): (readonly [number, number])[] {
  if (!Array.isArray(value)) return failOnValue(place, 'is no list');
  return value.map((pair: unknown) =>
    Array.isArray(pair)
      ? ([whole(pair[0], place), whole(pair[1], place)] as const)
      : failOnValue(place, 'has no pairs'),
  );
}

/** `UpgradeGoAhead` */
export function goAheadOf(value: unknown, place: string): 'go-ahead' | 'abort' {
  const name = isObject(value) ? value['type'] : undefined;
  if (name === 'GoAhead') return 'go-ahead';
  return name === 'Abort' ? 'abort' : failOnValue(place, 'is no signal');
}

/** `UpgradeRestriction` has the one value `Present`. */
export function isPresent(value: unknown): true | undefined {
  return value === undefined ? undefined : true;
}
