import { builtInVersion } from '../../worker/built-in/version.ts';

export const help = `polkadot-pvf portable prepare worker ${builtInVersion}

Usage: portable-worker [own options] prepare-worker --socket-path <path> --worker-dir-path <path>
       [--node-impl-version <version>]

A host of prepare workers starts it; it isn't meant to be run by hand.

Own options:
  --store <folder>       Keeps compiled functions there, so that the next version of a runtime takes less time
  --instances <n|auto>   How many instances of the compiler one job may have; auto by default
  --native <path>        A native build of the compiler, used instead of the built-in one
  --engine <folder>      Where pvf-engine.json and the packed compiler are

Words:
  --version, -v          The node version that it matches
  --full-version         The same, and that it is this one
  --help, -h             This text
`;
