/** The three files that wasm-builder writes: as linked, stripped by wasm-opt, and the stripped one compressed. */
export const buildVariants = ['bloaty', 'compact', 'compressed'] as const;

export type BuildVariant = (typeof buildVariants)[number];
