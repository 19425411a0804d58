/** The error for a document that is not well-formed XML, or has a construct that the API refuses. Callers may see its message. */
export class MalformedXml extends Error {
  override readonly name = 'MalformedXml';
}
