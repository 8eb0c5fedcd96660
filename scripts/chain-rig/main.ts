/** Installs the chain rig and prints its folder. Exit status: 0 when it is installed. */
import { errorMessage } from '../../src/base/errors.ts';
import { ExitGuard } from '../../src/base/exit-guard.ts';
import { provisionChainRig } from './provision.ts';

using guard = new ExitGuard();
for (const [signal, status] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
  process.once(signal, () => process.exit(status));
}
try {
  const { folder } = await provisionChainRig(guard, (line) => console.log(line));
  console.log(folder);
} catch (error) {
  console.error(errorMessage(error));
  process.exitCode = 1;
}
