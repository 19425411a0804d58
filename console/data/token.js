/**
 * The token of this tab. It is kept for as long as the tab is open and sent only in the field Authorization: there is no cookie
 * that another site could make a browser send, and nothing is left on the disk. A new tab has it from another one.
 */

const key = 'gateway-token';
/** Longest wait for another tab, which answers within a few milliseconds if there is one. */
const otherTabMs = 150;

/** The tabs of this origin; no other page can listen. */
const tabs = new BroadcastChannel(key);
tabs.addEventListener('message', ({ data }) => {
  const token = tokenOfTab();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has no other origins
  if (data === 'ask' && token !== undefined) tabs.postMessage({ token });
});

/** Return the token; undefined if none has been given. */
export function tokenOfTab() {
  return sessionStorage.getItem(key) ?? undefined;
}

/** Keep a token for this tab. @param {string} token */
export function keepToken(token) {
  sessionStorage.setItem(key, token);
}

/** Forget the token. */
export function forgetToken() {
  sessionStorage.removeItem(key);
}

/**
 * Take the token from the fragment of the URL (`#token=...`), which no browser sends to a server, and remove it there, so that it
 * is in no bookmark and in no URL that is passed on.
 * @returns {boolean} true if there was one
 */
export function takeTokenFromUrl() {
  const [, token] = /^#token=(.+)$/.exec(location.hash) ?? [];
  if (token === undefined) return false;
  keepToken(decoded(token));
  history.replaceState(null, '', location.pathname + location.search);
  return true;
}

/** Take the token from another tab. @returns {Promise<boolean>} false if no tab has one */
export function takeTokenFromTab() {
  return new Promise((resolve) => {
    const end = (/** @type {boolean} */ isTaken) => {
      tabs.removeEventListener('message', listen);
      clearTimeout(timer);
      resolve(isTaken);
    };
    const listen = (/** @type {MessageEvent} */ { data }) => {
      if (typeof data?.token !== 'string') return;
      keepToken(data.token);
      end(true);
    };
    const timer = setTimeout(() => end(false), otherTabMs);
    tabs.addEventListener('message', listen);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has no other origins
    tabs.postMessage('ask');
  });
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    // A token may have a percent sign of its own.
    return text;
  }
}
