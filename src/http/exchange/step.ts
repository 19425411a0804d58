import type { Exchange } from './exchange.ts';

/** A synchronous step that runs for every request before it is translated or forwarded. @throws {Fault} to end the exchange */
export type Step = (exchange: Exchange) => void;
