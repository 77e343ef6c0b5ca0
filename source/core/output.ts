/*
What a benchmark's output is made of: figures worked out from recorder data, or from any file by a function.
*/
import {z} from 'zod';
import {issueText} from './issue-text.ts';
import {isObject, type JsonObject} from './json.ts';

type RecorderOutput<Input> = {
	readonly kind: 'recorder';
	readonly format: 'labelled' | 'unlabelled';
	/** Column prefix → label; the prefix '' puts the figures at the top. A label that nobody recorded gives -1.0 under a prefix. */
	readonly into: Readonly<Record<string, string>>;
	/** Whether all rows are kept as data.csv.gz. */
	readonly keep: boolean;
	/** What is dropped at the start, a duration. */
	dropPrefix?(input: Input): string;
};

type FileOutput<Input> = {
	readonly kind: 'files';
	/** Names in the benchmark directory. */
	files(input: Input): readonly string[];
	readonly schema: z.ZodObject;
	read(texts: Readonly<Record<string, string>>, input: Input): JsonObject;
};

export type OutputSpec<Input> = RecorderOutput<Input> | FileOutput<Input>;

type RecorderOptions<Input> = {readonly keep?: boolean; dropPrefix?(input: Input): string};

/** Labelled recorder data: one label's figures at the top, or several under a prefix each (`{read_output: 'read', …}`). */
export function labelled<Input>(labels: string | Readonly<Record<string, string>>, options: RecorderOptions<Input> = {}): RecorderOutput<Input> {
	return {kind: 'recorder', format: 'labelled', into: typeof labels === 'string' ? {'': labels} : labels, keep: false, ...options};
}

/** Unlabelled recorder data, as older clients write it. */
export function unlabelled<Input>(options: RecorderOptions<Input> = {}): RecorderOutput<Input> {
	return {kind: 'recorder', format: 'unlabelled', into: {'': 'all'}, keep: false, ...options};
}

/**
Figures from any files that the procs left in the benchmark directory.

@param files
@param schema
@param read Gets the files' texts by name; throws where they make no sense.
*/
export function fromFiles<Input, Schema extends z.ZodObject>(
	files: readonly string[] | ((input: Input) => readonly string[]),
	schema: Schema,
	read: (texts: Readonly<Record<string, string>>, input: Input) => z.input<Schema>,
): FileOutput<Input> {
	return {
		kind: 'files',
		files: typeof files === 'function' ? files : () => files,
		schema,
		read(texts, input) {
			const output: unknown = read(texts, input);
			if (!isObject(output)) {
				throw new TypeError(`it returned ${String(output)}, which is no object of figures`);
			}

			const parsed = schema.safeParse(output, {reportInput: true});
			if (!parsed.success) {
				throw new TypeError(`it returned an output that its schema refuses: ${issueText(parsed.error)}`);
			}

			return parsed.data as JsonObject;
		},
	};
}

/** What is wrong with an output of a suite file, whose types nobody may have checked; undefined where nothing is. */
export function outputProblem(output: unknown): string | undefined {
	if (!isObject(output)) {
		return `is ${output === undefined ? 'missing' : 'not an output'}; it is labelled(…), unlabelled() or fromFiles(…)`;
	}

	switch (output['kind']) {
		case 'recorder': {
			const {into} = output;
			const labels = isObject(into) ? Object.values(into) : [];
			return labels.length > 0 && labels.every(label => typeof label === 'string')
				? undefined
				: 'names no label; it is labelled(\'write\') or labelled({write_output: \'write\'})';
		}

		case 'files': {
			if (!(output['schema'] instanceof z.ZodObject)) {
				return 'has no schema of its figures; the second argument of fromFiles(…) is a z.object({…})';
			}

			return typeof output['files'] === 'function' && typeof output['read'] === 'function' ? undefined : 'is not what fromFiles(files, schema, read) returns';
		}

		default: {
			return 'is of no known kind; it is labelled(…), unlabelled() or fromFiles(…)';
		}
	}
}
