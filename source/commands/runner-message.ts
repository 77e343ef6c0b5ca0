/*
What a detached runner and the command that started it say to each other, until the run has begun.
*/
import {z} from 'zod';

export const runnerMessage = z.discriminatedUnion('type', [
	/** The suite directory and its journal are there. */
	z.object({type: z.literal('started'), directory: z.string(), notes: z.array(z.string()).readonly()}),
	/** It ended without having begun. */
	z.object({type: z.literal('ended'), code: z.number(), stdout: z.string(), stderr: z.string()}),
	/** It needs a passphrase. */
	z.object({type: z.literal('asked'), text: z.string()}),
]);
export type RunnerMessage = z.output<typeof runnerMessage>;

export const starterMessage = z.object({type: z.literal('answered'), text: z.string()});
export type StarterMessage = z.output<typeof starterMessage>;
