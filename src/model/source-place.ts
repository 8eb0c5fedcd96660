/** Where in a runtime's sources the user can act on a finding; `none` when the sources are not the cause. */
export type SourcePlace = 'manifest' | 'register-validate-block' | 'construct-runtime' | 'build-script' | 'none';
