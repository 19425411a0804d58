import type { Exchange } from './exchange.ts';

/** A synchronous step that every request passes first. @throws {Fault} which ends the exchange */
export type Step = (exchange: Exchange) => void;
