/**
 * The smallest module that looks like a PVF: memory, `__heap_base`, `validate_block`. 86 bytes.
 * For probing a worker's revision and measuring the host's own overhead.
 */
export const tinyPvf: Uint8Array = Uint8Array.from(
  Buffer.from(
    'AGFzbQEAAAABBwFgAn9/AX4DAgEABQMBAAEGBwF/AEGACAsHKQMGbWVtb3J5AgALX19oZWFwX2Jhc2UDAA52YWxpZGF0ZV9ibG9jawAACgYBBABCAAs=',
    'base64',
  ),
);
