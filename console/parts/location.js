import { useEffect, useState } from '../html.js';

/** The event of a view that replaces another without a reload. */
const movedEvent = 'gateway-moved';

/** Return the URL of the view, and follow it. */
export function useLocation() {
  const [url, setUrl] = useState(() => new URL(location.href));
  useEffect(() => {
    const follow = () => setUrl(new URL(location.href));
    const events = ['popstate', movedEvent];
    for (const event of events) addEventListener(event, follow);
    return () => events.forEach((event) => removeEventListener(event, follow));
  }, []);
  return url;
}

/**
 * Show the target of the URL's fragment when the data of a view are here: before, the view is too short to show it at the top.
 * @param {URL} url
 * @param {boolean} isHere
 */
export function useTarget(url, isHere) {
  useEffect(() => {
    if (isHere && url.hash !== '') document.getElementById(url.hash.slice(1))?.scrollIntoView();
  }, [isHere]);
}

/**
 * Read the name of an item in a path, which is percent-encoded. One that is not is taken as it is.
 * @param {string} segment
 */
export function nameOfItem(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/**
 * Show another view. Its URL stands in the history.
 * @param {string} url
 */
export function moveTo(url) {
  history.pushState(null, '', url);
  dispatchEvent(new Event(movedEvent));
}

/**
 * Change a parameter of the view's URL without an entry in the history; an empty one is left out.
 * @param {string} name
 * @param {string} value
 */
export function setParameter(name, value) {
  setParameters({ [name]: value });
}

/**
 * Change parameters of the view's URL without an entry in the history; empty ones are left out.
 * @param {Readonly<Record<string, string>>} parameters
 */
export function setParameters(parameters) {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === '') url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  history.replaceState(null, '', url);
  dispatchEvent(new Event(movedEvent));
}

/**
 * Follow a click on a link to another view without a reload. With a modifier key, or to elsewhere, the browser does what it does.
 * @param {MouseEvent} event
 */
export function followLink(event) {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link === null || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.href, location.href);
  const isView = url.origin === location.origin && url.pathname.startsWith('/console') && link.target === '';
  if (!isView || (url.hash !== '' && url.pathname === location.pathname)) return;
  event.preventDefault();
  moveTo(url.href);
}
