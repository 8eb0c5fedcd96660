/** Costs as the engine exports them by function (engine/src/costs.rs). @param functions nanoseconds and machine code bytes */
export function engineCosts(
  imports: number,
  ...functions: readonly (readonly [nanos: number, bytes: number])[]
): Uint8Array {
  const bytes = Buffer.alloc(8 + 12 * functions.length);
  bytes.writeUInt32LE(imports, 0);
  bytes.writeUInt32LE(functions.length, 4);
  functions.forEach(([nanos, codeBytes], at) => {
    bytes.writeBigUInt64LE(BigInt(nanos), 8 + 12 * at);
    bytes.writeUInt32LE(codeBytes, 16 + 12 * at);
  });
  return bytes;
}
