import type { RequestHandler } from 'express';

const absoluteForm = /^https?:\/\/[^/?#]*/i;

/**
 * Brings a request's target into origin form: a server must accept the absolute form (RFC 9112, 3.2.2), and this one has
 * one cloud whatever origin it names.
 */
export function originForm(): RequestHandler {
  return (request, _, next) => {
    if (absoluteForm.test(request.url)) request.url = request.url.replace(absoluteForm, '').replace(/^(?!\/)/, '/');
    next();
  };
}
