import {type SuiteOutcome} from '../core/event.ts';

/** Exit codes of commands that follow a run to its end: an API. */
export const exitCodes = {finished: 0, failed: 1, interrupted: 130} as const satisfies Record<SuiteOutcome, number>;
