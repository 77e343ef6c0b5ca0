/*
What a console asks a runner over its control socket, and what the runner answers: one JSON object a line each way.
Bytes of files travel in base64, so that any byte is safe. What is not of this form is answered with an error, never obeyed.
*/
import {z} from 'zod';

/** Bytes of a file that one answer holds at most. */
export const maxReadBytes = 256 * 1024;

// A file of the benchmark directory on the host of a proc: its log, what it records.
const file = {benchmark: z.string(), label: z.string(), name: z.string().regex(/^(?!\.\.?$)[^\0/]+$/)};
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
	/** A proc's file on its host: its bytes now, a piece of it, and its growth until `unwatch`. */
	z.object({id, type: z.literal('size'), ...file}),
	z.object({id, type: z.literal('read'), ...file, offset: z.number().nonnegative(), length: z.number().nonnegative().max(maxReadBytes)}),
	z.object({id, type: z.literal('watch'), ...file}),
	z.object({id, type: z.literal('unwatch'), watch: id}),
]);
export type ControlRequest = z.output<typeof controlRequest>;

export const controlAnswer = z.union([
	z.object({id, ok: z.literal(true), size: z.number().optional(), bytes: z.string().optional()}),
	z.object({id, error: z.string()}),
	/** A watched file has another size. */
	z.object({watch: id, size: z.number()}),
]);
export type ControlAnswer = z.output<typeof controlAnswer>;
