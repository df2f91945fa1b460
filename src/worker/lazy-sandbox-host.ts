/** The sandbox's bundle (the SDK, the harness) is large: it is loaded when the first run starts. */
import type { SandboxHost } from '../sandbox/sandbox-api.ts';
import type { SandboxPorts } from './sandbox-ports.ts';

export function lazySandboxHost(ports: SandboxPorts): SandboxHost {
  let host: Promise<SandboxHost> | null = null;
  return {
    async start(bundle, options) {
      host ??= import('../sandbox/host/browser-host.ts').then(({ createBrowserHost }) => createBrowserHost(ports));
      return (await host).start(bundle, options);
    },
  };
}
