/**
 * The smallest module that is a PVF to look at: memory, `__heap_base`, `validate_block`. 86 bytes.
 * Used to learn what a worker speaks, and to measure what the host itself costs.
 */
export const tinyPvf: Uint8Array = Uint8Array.from(
  Buffer.from(
    'AGFzbQEAAAABBwFgAn9/AX4DAgEABQMBAAEGBwF/AEGACAsHKQMGbWVtb3J5AgALX19oZWFwX2Jhc2UDAA52YWxpZGF0ZV9ibG9jawAACgYBBABCAAs=',
    'base64',
  ),
);
