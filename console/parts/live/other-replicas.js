import { useData } from '../../data/use-data.js';
import { html } from '../../html.js';
import { SettingLink } from '../setting-link.js';

/** @import { ReplicasView } from '../../../src/console/views/replica-types.ts' */

/** The replicas that are named at most. */
const mostNamed = 5;

/**
 * The other gateways that the ledger knows, whose exchanges this page does not show, and how to look at them.
 * @param {{ instance: string }} props instance: the replica whose exchanges are shown
 */
export function OtherReplicas({ instance }) {
  const { data, code } = useData('/api/replicas');
  if (code === 'ELEDGEROFF')
    return html`<p class="source">Other replicas are not known here: set <${SettingLink} name="ledger.store" />.</p>`;
  const view = /** @type {ReplicasView | undefined} */ (data);
  if (view === undefined) return null;
  if (view.gateways.isThisAlone)
    return html`<p class="source">
      Other replicas are not known here: the ledger is in memory. Set${' '}<${SettingLink}
        name="ledger.store"
      />${' '}to a database that they share.
    </p>`;
  const others = view.replicas.filter((replica) => replica.instance !== instance && replica.state !== 'ended');
  if (others.length === 0) return html`<p class="source">The ledger knows no other gateway that runs.</p>`;
  const [first] = others;
  return html`<div class="source">
    <p>
      Exchanges of other gateways are in their own consoles:${' '}
      ${others.slice(0, mostNamed).map(
        (each, at) =>
          html`${at > 0 && ', '}<span class="code"><bdi>${each.instance}</bdi></span
            >${each.state === 'silent' && ' (silent)'}`,
      )}${others.length > mostNamed && html`, and <a href="/console/gateway#replicas">more</a>`}.
      To look at one, bring its admin port to your machine:
    </p>
    <pre tabindex="0" aria-label="How to reach another gateway">${reachOf(first?.instance ?? '')}</pre>
  </div>`;
}

/** Say how to reach the console of a gateway. Its name is that of its pod or host. @param {string} instance */
function reachOf(instance) {
  const name = /^[\w.-]+$/.test(instance) ? instance : 'NAME';
  const port = location.port === '' ? '9774' : location.port;
  const here = Number(port) + 1;
  return `kubectl port-forward pod/${name} ${here}:${port}     # then open http://localhost:${here}/console/live
ssh -L ${here}:127.0.0.1:${port} ${name}`;
}
