import { takeTokenFromTab, tokenOfTab } from './token.js';

/** The error of a request for data that the gateway refused because of its token. */
export class RefusedError extends Error {}

/** The error of a request for data that brought none, with the code of the gateway if it gave one. */
export class NoDataError extends Error {
  /** @param {string} message @param {string} [code] */
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}

/**
 * Request data of the admin port, with the token.
 * @param {string} path
 * @param {Omit<RequestInit, 'headers'> & { headers?: Readonly<Record<string, string>> }} [given] the parts of the request besides
 * @returns {Promise<Response>} with a status of success
 * @throws {RefusedError | NoDataError}
 */
export async function request(path, given = {}) {
  const token = tokenOfTab();
  // No token has other characters, and a browser refuses to send some of them.
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) throw new RefusedError('This is no token of a gateway.');
  const headers = { ...given.headers, ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }) };
  const response = await fetch(path, { ...given, headers, credentials: 'same-origin' }).catch(() => {
    throw new NoDataError('The gateway does not answer. It may have been restarted, or the connection is gone.');
  });
  if (response.status === 401 || response.status === 403) throw new RefusedError('The gateway refused the token.');
  if (!response.ok) throw await errorOf(response, path);
  return response;
}

/** @param {Response} response @param {string} path */
async function errorOf(response, path) {
  const { error } = await response.json().catch(() => ({}));
  if (typeof error?.message === 'string') return new NoDataError(error.message, error.code);
  return new NoDataError(`The gateway answered ${response.status} to ${path}.`);
}

/**
 * Get a JSON document.
 * @param {string} path
 * @returns {Promise<unknown>}
 * @throws {RefusedError | NoDataError}
 */
export async function getDocument(path) {
  return (await request(path)).json();
}

/** Check that the reader must give a token, because neither a client certificate nor another tab stands for it. */
export async function needsToken() {
  if (tokenOfTab() !== undefined) return false;
  const { isProven } = /** @type {{ isProven: boolean }} */ (await getDocument('/console/proof'));
  return !isProven && !(await takeTokenFromTab());
}

/**
 * Save what a link leads to as a file. The browser itself would ask without the token.
 * @param {string} path
 */
export async function download(path) {
  const name = nameOf(path);
  saveAs(await (await request(path)).blob(), name.endsWith('.csv') ? name : `${name}.json`);
}

/**
 * Save data as a file.
 * @param {Blob} data
 * @param {string} name
 */
export function saveAs(data, name) {
  const url = URL.createObjectURL(data);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** @param {string} path with its query */
function nameOf(path) {
  const [name = ''] = path.slice(path.lastIndexOf('/') + 1).split('?', 1);
  return name;
}
