import { type Answer, withHeaders } from '../../http/answer.ts';

/** Create the 404 for a path that has no route, which is a page of the web framework. */
export function noRoutePage(): Answer {
  return page(
    404,
    'Not Found',
    'The requested URL was not found on the server. If you entered the URL manually please check your spelling and ' +
      'try again.',
  );
}

/** Create the 405 for a method that a route has not: a page for a version document, JSON for the API. */
export function wrongMethodAnswer(allowed: readonly string[], isApi: boolean): Answer {
  const message = 'The method is not allowed for the requested URL.';
  const json = { status: 405, headers: { 'Content-Type': 'application/json' }, body: `{"message": "${message}"}\n` };
  const answer = isApi ? json : page(405, 'Method Not Allowed', message);
  return withHeaders(answer, { Allow: allowed.join(', ') });
}

function page(status: number, title: string, message: string): Answer {
  const lines = ['<!doctype html>', '<html lang=en>', `<title>${status} ${title}</title>`, `<h1>${title}</h1>`];
  return {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
    body: `${[...lines, `<p>${message}</p>`].join('\n')}\n`,
  };
}
