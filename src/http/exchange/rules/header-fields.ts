import { Fault } from '../../../fault.ts';
import type { Step } from '../step.ts';

/** Host as RFC 9110, 7.2 defines it: a name or an address, which may be empty, and a port. */
const hostForm = /^(?:\[[0-9A-Fa-f:.]+\]|(?:[\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::\d*)?$/;

/**
 * Refuse requests with more than one Host, with an invalid one, or with HTTP/1.1 and none (RFC 9112, 3.2), and with a header
 * field that is too long. A proxy in front could use another of two Hosts than the gateway does.
 * @param mostBytes the largest size of a field, name and value together
 * @throws {Fault} 400 for Host, 431 for a field
 */
export function headerFields(mostBytes: number): Step {
  return ({ request }) => {
    const { rawHeaders, headers, httpVersion } = request;
    let hosts = 0;
    for (let at = 1; at < rawHeaders.length; at += 2) {
      // Names and values alternate; each character is one byte of the header.
      const name = rawHeaders[at - 1] ?? '';
      const value = rawHeaders[at] ?? '';
      if (name.length + value.length > mostBytes) throw new Fault(431, undefined, { reason: 'header-too-large' });
      if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
    }
    const isGood = hosts === 0 ? httpVersion === '1.0' : hosts === 1 && hostForm.test(headers.host ?? '');
    if (!isGood) throw new Fault(400, hostProblem(hosts), { reason: 'host' });
  };
}

function hostProblem(hosts: number): string {
  if (hosts === 0) return 'The request has no Host.';
  return hosts === 1 ? 'The Host of the request is invalid.' : 'The request has more than one Host.';
}
