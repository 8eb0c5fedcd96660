import { builtInProfiles, defaultProfileName } from '../limits/profile.ts';
import { reportFormats } from '../report/format.ts';
import { revisionIds } from '../worker/wire/revision.ts';
import { logLevels } from './options.ts';

const profiles = builtInProfiles.map(({ name }) => (name === defaultProfileName ? `${name} (default)` : name));

export const help = `pvf: what will relay-chain validators say of this runtime?

  pvf prepare <file…>      prepare runtimes as in pre-checking, and report
  pvf workers              where a prepare worker was looked for
  pvf workers diagnose     version, wire revision and sandbox of each worker found
  pvf workers build        build Polkadot's own worker from its published crates; it is then used
  pvf workers build --engine   build a native helper for the built-in worker: faster, and its figures are measured

A file may be raw wasm, compressed wasm, 0x-hex text or a chain spec; <chain spec>#<block> takes a code substitute.

  --json, --format <${reportFormats.join('|')}>
  --output <file>          write the report there instead of to standard output
  --worker <path|portable|auto>  the prepare worker to use: portable is the built-in one (default: auto, which takes
                           the first that is found, and the built-in one where there is no other)
  --instances <N|auto>     of the built-in worker: how many at once compile one runtime (default: auto)
  --profile <name|file>    the relay chain's limits: ${profiles.join(', ')}, or a JSON file
  --timeout <s>            CPU time that preparation may take (default: the profile's, else 60 s; 360 s to compile)
  --memory-limit <bytes>   limit of the worker's allocator, as PrecheckingMaxMemory
  --kind precheck|compile  the kind of job (default: precheck, which validators vote on)
  --budget <file>          your own limits, JSON: storedBytes, rawBytes, artifactBytes, cpuTimeMs, peakTrackedAlloc
  --baseline <report.json> an earlier JSON report to measure growth against
  --keep-artifact <file>   keep the artifact there; a file that is there is not overwritten
  --metrics <file>         write the host's metrics there, in Prometheus text format
  --wire-revision <id>     force what the worker speaks: ${revisionIds.join(', ')}
  --no-progress            no progress line, even on a terminal
  --log <${logLevels.join('|')}>
  -h, --help  -V, --version

Exit status: 0 accepted and within all limits · 1 rejected, or over a limit · 2 wrong usage or unreadable input
             3 undecided (no worker, this machine failed) · 130 interrupted
`;
