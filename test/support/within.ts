/** What a promise gives in bounded time; where it comes later, nobody minds what. @throws where it gives nothing in time */
export async function within<T>(ms: number, what: Promise<T>, missing = 'nothing happened'): Promise<T> {
  // Made here, its stack says who waited.
  const error = new Error(`${missing} within ${ms} ms`);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(error), ms);
  });
  return Promise.race([what, late]).finally(() => clearTimeout(timer));
}
