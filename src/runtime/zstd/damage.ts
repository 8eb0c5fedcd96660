/** Thrown inside the decoder only; its border turns it into a `damaged` result. */
export class ZstdDamage extends Error {
  override readonly name = 'ZstdDamage';
}
