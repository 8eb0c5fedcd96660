/** The used part of WebAssembly's JavaScript API. TypeScript declares it only in the browser's library. */
declare namespace WebAssembly {
  interface Module {
    readonly [brand]: never;
  }
  const Module: new (bytes: Uint8Array) => Module;
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  const Instance: new (
    module: Module,
    imports: Record<string, Record<string, (...values: number[]) => unknown>>,
  ) => { readonly exports: unknown };
  function compile(bytes: Uint8Array): Promise<Module>;
  const brand: unique symbol;
}
