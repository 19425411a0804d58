import { needsToken } from './data/get.js';
import { forgetToken, takeTokenFromUrl, tokenOfTab } from './data/token.js';
import { refusedEvent } from './data/use-data.js';
import { ApiPage } from './pages/api.js';
import { ClientsPage } from './pages/clients.js';
import { GatewayPage } from './pages/gateway.js';
import { ProjectsPage } from './pages/projects.js';
import { LivePage } from './pages/live.js';
import { ReasonsPage } from './pages/reasons.js';
import { RetirementPage } from './pages/retirement.js';
import { TryPage } from './pages/try.js';
import { WayOutPage } from './pages/way-out.js';
import { html, render, useEffect, useRef, useState } from './html.js';
import { followLink, nameOfItem, useLocation } from './parts/location.js';
import { TokenForm } from './parts/token-form.js';

/** The pages by the first segment of their path below `/console/`, in the order of the navigation. */
const pages = [
  { name: 'way-out', title: 'Way out', Page: WayOutPage },
  { name: 'projects', title: 'Projects', Page: ProjectsPage },
  { name: 'clients', title: 'Clients', Page: ClientsPage },
  { name: 'live', title: 'Live', Page: LivePage },
  { name: 'try', title: 'Try', Page: TryPage },
  { name: 'gateway', title: 'Gateway', Page: GatewayPage },
  { name: 'retirement', title: 'Retirement', Page: RetirementPage },
  { name: 'reasons', title: 'Reasons', Page: ReasonsPage },
  { name: 'api', title: 'API', Page: ApiPage },
];

/** The state of the proof: being asked for, wanted from the reader, refused, or given. @typedef {'asked' | 'wanted' | 'refused' | 'given'} Proof */

function App() {
  const url = useLocation();
  const [proof, setProof] = useProof();
  const [, , name = 'way-out', item] = url.pathname.replace(/\/$/, '').split('/');
  const page = pages.find((each) => each.name === name);
  const isShown = proof === 'given' && page !== undefined;
  useView(url, `${proof} ${url.pathname}`, isShown ? titleOf(page.title, item) : undefined);
  const forget = () => {
    forgetToken();
    setProof('wanted');
  };
  return html`<div class="frame" onClick=${followLink}>
    <a class="skip" href="#content">Skip to the content</a>
    <header class="top">
      <a class="brand" href="/console"
        ><img src="/console/files/icon.svg" alt="" width="24" height="24" />Gateway console</a
      >
      <nav aria-label="Pages">
        <ul>
          ${pages.map((each) => html`<${NavItem} key=${each.name} page=${each} isCurrent=${each.name === name} />`)}
        </ul>
      </nav>
      ${proof === 'given' && tokenOfTab() !== undefined && html`<button type="button" class="plain forget" onClick=${forget}>Forget the token</button>`}
    </header>
    <main id="content" tabindex="-1">
      ${
        (proof === 'wanted' || proof === 'refused') &&
        html`<${TokenForm} wasRefused=${proof === 'refused'} onAccepted=${() => setProof('given')} />`
      }
      ${isShown && html`<${page.Page} key=${name} url=${url} item=${item} />`}
      ${proof === 'given' && page === undefined && html`<h1 tabindex="-1">No such page</h1>`}
    </main>
  </div>`;
}

/** @param {{ page: { name: string, title: string }, isCurrent: boolean }} props */
function NavItem({ page: { name, title }, isCurrent }) {
  return html`<li><a href="/console/${name}" aria-current=${isCurrent ? 'page' : undefined}>${title}</a></li>`;
}

/**
 * Follow the proof: the token of the tab is enough until it is refused.
 * @returns {[Proof, (proof: Proof) => void]}
 */
function useProof() {
  const [proof, setProof] = useState(/** @type {Proof} */ (tokenOfTab() === undefined ? 'asked' : 'given'));
  useEffect(() => {
    if (proof !== 'asked') return;
    needsToken().then(
      (isNeeded) => setProof(isNeeded ? 'wanted' : 'given'),
      () => setProof('wanted'),
    );
  }, []);
  useEffect(() => {
    const refuse = () => setProof('refused');
    addEventListener(refusedEvent, refuse);
    return () => removeEventListener(refusedEvent, refuse);
  }, []);
  return [proof, setProof];
}

/**
 * Title a view, such as that of one project, so that tabs and the history are told apart.
 * @param {string} page
 * @param {string | undefined} item
 */
function titleOf(page, item) {
  return item === undefined ? page : `${nameOfItem(item)} – ${page}`;
}

/**
 * Move the focus and the title to a view that has replaced another, as a browser does after a reload.
 * @param {URL} url
 * @param {string} view
 * @param {string | undefined} title
 */
function useView(url, view, title) {
  const last = useRef('');
  useEffect(() => {
    document.title = title === undefined ? 'Gateway console' : `${title} – Gateway console`;
    const isMove = last.current !== '' && last.current !== view;
    last.current = view;
    if (!isMove) return;
    const heading = document.querySelector('main h1');
    if (heading instanceof HTMLElement && url.hash === '') heading.focus();
  }, [view]);
  useEffect(() => {
    if (url.hash !== '') document.getElementById(url.hash.slice(1))?.scrollIntoView();
  }, [url.href]);
}

takeTokenFromUrl();
// A URL with a token that is pasted into an open tab changes nothing but its fragment.
addEventListener('hashchange', () => {
  if (takeTokenFromUrl()) location.reload();
});
const place = document.getElementById('app');
place?.replaceChildren();
if (place !== null) render(html`<${App} />`, place);
