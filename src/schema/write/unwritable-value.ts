/** The error for a value of the cloud that its description does not allow. Values of callers are checked when they are read. */
export class UnwritableValue extends Error {
  override readonly name = 'UnwritableValue';
}
