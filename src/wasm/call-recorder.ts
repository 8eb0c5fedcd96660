/** A call in a function body: twice the index, plus one for an indirect call. */
export type Call = number;

/** Larger indices are damage: no engine takes so many functions or types. */
const MAX_INDEX = 1 << 28;

/** Collects what function bodies call, one body after the other. A runtime has half a million calls, so no objects. */
export class CallRecorder {
  /** The calls of all bodies, in file order. */
  #calls: Int32Array = new Int32Array(1 << 14);
  #count = 0;
  /** Where the calls of each ended body end. */
  #ends: Int32Array = new Int32Array(1 << 10);
  #bodies = 0;

  /** The bodies that ended. */
  get bodies(): number {
    return this.#bodies;
  }

  /** @param index in the function index space */
  direct(index: number): void {
    if (index < MAX_INDEX) this.#add(index * 2);
  }

  /** @param type index of the type that the called function must have */
  indirect(type: number): void {
    if (type < MAX_INDEX) this.#add(type * 2 + 1);
  }

  endBody(): void {
    if (this.#bodies === this.#ends.length) this.#ends = doubled(this.#ends);
    this.#ends[this.#bodies] = this.#count;
    this.#bodies += 1;
  }

  /** Forgets the calls since the last ended body. */
  restartBody(): void {
    this.#count = this.#ends[this.#bodies - 1] ?? 0;
  }

  /** All calls. Those of a body begin at `start` of it and end at the start of the next one. */
  get calls(): Int32Array {
    return this.#calls;
  }

  /** Where the calls of a body begin. `bodies`: where all calls end. */
  start(body: number): number {
    return body === 0 ? 0 : (this.#ends[body - 1] ?? this.#count);
  }

  #add(call: Call): void {
    if (this.#count === this.#calls.length) this.#calls = doubled(this.#calls);
    this.#calls[this.#count] = call;
    this.#count += 1;
  }
}

function doubled(numbers: Int32Array): Int32Array {
  const larger = new Int32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
