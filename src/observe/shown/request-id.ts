/** The form of a request id of OpenStack. */
const form = /^req-[\w-]{1,60}$/;

/** Check that a value from the cloud has the form of a request id. One of another form may contain anything, and is not shown. */
export function isRequestId(text: string): boolean {
  return form.test(text);
}
