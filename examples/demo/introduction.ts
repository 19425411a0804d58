import type { DemoParts } from './demo-parts.ts';
import { sessionRequests } from './session.ts';

/** Describe the running demo: the requests to try, what each shows, and how to stop. */
export function demoIntroduction(parts: DemoParts, consoleUrl: string): string {
  const requests = sessionRequests(parts).map(({ shows, command }, index) => `${index + 1}. ${shows}\n\n${command}\n`);
  return `
The gateway is running at ${parts.gateway.url}, in front of an embedded cloud (${parts.kind}) that speaks JSON only.
Its console is at ${consoleUrl}
Try these requests in another terminal. This one prints what the cloud receives.

${requests.join('\n')}
The rest of a session works as well: list flavors, limits and extensions, create and delete servers, images and key
pairs. Rebuild broken-1, script-1 or busy-1 to meet a surprise of the cloud. Press Ctrl-C to stop.
`;
}
