export const baselineKinds = ['build', 'chain'] as const;

/** An earlier build, or the code that the chain runs. The chain's rules for upgrades apply only to the latter. */
export type BaselineIs = (typeof baselineKinds)[number];
