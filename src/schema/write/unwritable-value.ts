/** A value that its description does not allow: the cloud's, since callers' values are checked when they are read. */
export class UnwritableValue extends Error {
  override readonly name = 'UnwritableValue';
}
