interface EngineModule {
  readonly imports: readonly { readonly module: string; readonly name: string; readonly kind: string }[];
  readonly exports: readonly { readonly name: string; readonly kind: string }[];
}

/** The part of `WebAssembly` that verifies our own reader. Neither ES2023 nor Node's types declare it. */
interface Engine {
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
  Module: {
    new (bytes: Uint8Array<ArrayBuffer>): object;
    imports(module: object): EngineModule['imports'];
    exports(module: object): EngineModule['exports'];
  };
}

const { WebAssembly: engine } = globalThis as unknown as { readonly WebAssembly: Engine };

export function engineAccepts(bytes: Uint8Array): boolean {
  return engine.validate(bytes.slice());
}

export function engineReads(bytes: Uint8Array): EngineModule {
  const module = new engine.Module(bytes.slice());
  return { imports: engine.Module.imports(module), exports: engine.Module.exports(module) };
}
