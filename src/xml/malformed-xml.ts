/** A document that is no XML, or XML that this API never took; the message is fit for the caller. */
export class MalformedXml extends Error {
  override readonly name = 'MalformedXml';
}
