/** An operation. A row of `/api/operations`. */
interface OperationView {
  readonly operation: string;
  readonly method: string;
  /** The path below the version and the project. */
  readonly route: string;
}

/** List the operations, in the order of their names. */
export async function viewOperations(): Promise<readonly OperationView[]> {
  // A primary has no need for the descriptions before.
  const { operations } = await import('../../compute/operations/operations.ts');
  return operations
    .map(({ name, method, route }) => ({ operation: name, method, route }))
    .toSorted((one, other) => (one.operation < other.operation ? -1 : 1));
}
