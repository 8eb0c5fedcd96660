/** The three files that wasm-builder writes: as linked, optimized by wasm-opt, and compressed. */
export const buildVariants = ['bloaty', 'compact', 'compressed'] as const;

export type BuildVariant = (typeof buildVariants)[number];
