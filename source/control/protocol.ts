/*
What a console asks a runner over its control socket, and what the runner answers: one JSON object a line each way.
Bytes of logs travel in base64, so that any byte is safe. What is not of this form is answered with an error, never obeyed.
*/
import {z} from 'zod';

/** Bytes of a log that one answer holds at most. */
export const maxReadBytes = 256 * 1024;

const log = {benchmark: z.string(), label: z.string(), stream: z.enum(['out', 'err'])};
const id = z.int();

/** `id` is the console's own number of a request; the answer bears it. */
export const controlRequest = z.discriminatedUnion('type', [
	/** End the run in order. */
	z.object({id, type: z.literal('stop')}),
	/** Fail the benchmark that runs, and go on. */
	z.object({id, type: z.literal('skip')}),
	/** Let go of the procs that `--hold` keeps. */
	z.object({id, type: z.literal('let-go')}),
	/** What a person says to a question of the journal. */
	z.object({id, type: z.literal('answer'), question: z.string(), text: z.string()}),
	/** A proc's log on its host: its bytes now, a piece of it, and its growth until `unwatch`. */
	z.object({id, type: z.literal('size'), ...log}),
	z.object({id, type: z.literal('read'), ...log, offset: z.number().nonnegative(), length: z.number().nonnegative().max(maxReadBytes)}),
	z.object({id, type: z.literal('watch'), ...log}),
	z.object({id, type: z.literal('unwatch'), watch: id}),
]);
export type ControlRequest = z.output<typeof controlRequest>;

export const controlAnswer = z.union([
	z.object({id, ok: z.literal(true), size: z.number().optional(), bytes: z.string().optional()}),
	z.object({id, error: z.string()}),
	/** A watched log has another size. */
	z.object({watch: id, size: z.number()}),
]);
export type ControlAnswer = z.output<typeof controlAnswer>;
