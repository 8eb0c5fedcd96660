/** Number of compiler instances that the built-in worker runs for one runtime. `auto`: the worker decides. */
export type Instances = number | 'auto';

/** For messages. */
export const instancesRule = 'auto, or a number from 1 to 99';

/** Parses a command-line argument or a setting. Undefined when the value breaks `instancesRule`. */
export function parseInstances(value: unknown): Instances | undefined {
  if (value === 'auto') return 'auto';
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  return /^[1-9]\d?$/.test(text) ? Number(text) : undefined;
}
