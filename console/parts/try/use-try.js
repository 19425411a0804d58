import { tryText } from '../../data/try.js';
import { useData } from '../../data/use-data.js';
import { useRef, useState } from '../../html.js';

/** @import { TryRefusal, TryView, TryWish } from '../../../src/console/views/try-types.ts' */

/**
 * Try texts, one after the other.
 * @returns {{ view: Exclude<TryView, TryRefusal> | undefined, refusal: TryRefusal | undefined, isBusy: boolean, send: (wish: TryWish) => Promise<void> }}
 */
export function useTry() {
  const [view, setView] = useState(/** @type {TryView | undefined} */ (undefined));
  const [isBusy, setBusy] = useState(false);
  const last = useRef(0);
  const send = async (/** @type {TryWish} */ wish) => {
    last.current += 1;
    const mine = last.current;
    setBusy(true);
    const next = await tryText(wish);
    if (mine !== last.current) return;
    setBusy(false);
    setView(next);
    // After the page has been drawn: to the field that is wrong, or to the result.
    setTimeout(() => focusOn(next), 0);
  };
  const isRefusal = view?.kind === 'refusal';
  return { view: isRefusal ? undefined : view, refusal: isRefusal ? view : undefined, isBusy, send };
}

/** @param {TryView} view */
function focusOn(view) {
  const wanted = view.kind === 'refusal' ? `#try-${view.field}` : '.tried h2';
  const element = document.querySelector(wanted) ?? document.querySelector('#try-text');
  if (element instanceof HTMLElement) element.focus();
}

/** List the names of the operations; none before they are here. @returns {readonly string[]} */
export function useOperations() {
  const { data } = useData('/api/operations');
  const operations = /** @type {{ operations: readonly { operation: string }[] } | undefined} */ (data)?.operations;
  return operations?.map(({ operation }) => operation) ?? [];
}
