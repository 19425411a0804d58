/**
 * Read server-sent events from an answer. The EventSource of browsers cannot send the token.
 * @param {Response} response
 * @param {(name: string, data: unknown) => void} onEvent called with the data of each event, which are JSON
 * @returns {Promise<void>} resolves at the end of the stream
 */
export async function readEvents(response, onEvent) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
    if (done) return;
    const events = `${rest}${value}`.split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? [];
      if (name !== undefined && data !== undefined) onEvent(name, JSON.parse(data));
    }
  }
}
