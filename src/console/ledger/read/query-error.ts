/** The error of a query that cannot be read, in words for who wrote it. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}
