import type { DemoParts } from './demo-parts.ts';
import { sessionRequests } from './session.ts';

/** The console of the demo. */
interface DemoConsole {
  readonly url: string;
  /** True if its ledger has simulated counts. */
  readonly isSimulated: boolean;
}

/** Describe the running demo: its console, the requests to try, what each shows, and how to stop. */
export function demoIntroduction(parts: DemoParts, { url, isSimulated }: DemoConsole): string {
  const requests = sessionRequests(parts).map(({ shows, command }, index) => `${index + 1}. ${shows}\n\n${command}\n`);
  return `
The gateway is running at ${parts.gateway.url}, in front of an embedded cloud (${parts.kind}) that speaks JSON only.
Its console is at ${url}
${isSimulated ? simulated : ''}Try these requests in another terminal. This one prints what the cloud receives.

${requests.join('\n')}
The rest of a session works as well: list flavors, limits and extensions, create and delete servers, images and key
pairs. Rebuild broken-1, script-1 or busy-1 to meet a surprise of the cloud. Press Ctrl-C to stop.
`;
}

const simulated = `What it shows of five months is simulated: made-up projects and clients. What you send is counted as well.
`;
