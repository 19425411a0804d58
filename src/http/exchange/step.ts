import type { Request, Response } from 'express';

/** What is done with every request when it comes, at once. @throws {Fault} which ends the exchange */
export type Step = (request: Request, response: Response) => void;
