/*
Workloads from a `.pbtxt` file: `string_workload: { size_mean: 1 size_std: 0 }`. The first commands, those of the warm-up, make
a pool from which all later ones come, so that making them costs the measurement nothing.
*/
import {Buffer} from 'node:buffer';
import fs from 'node:fs';
import {fail} from './flags.ts';

/** The next command to send. */
type Workload = () => Buffer;

const poolSize = 1024;

const kinds: Readonly<Record<string, {readonly fields: readonly string[]; readonly command: (fields: Readonly<Record<string, number>>) => Buffer}>> = {
	string_workload: {fields: ['size_mean', 'size_std'], command: fields => Buffer.from(randomText(fields))},
	uniform_single_key_workload: {fields: ['num_keys', 'size_mean', 'size_std'], command: fields => Buffer.from(`set ${Math.floor(Math.random() * fields['num_keys']!)} ${randomText(fields)}`)},
	bernoulli_single_key_workload: {
		fields: ['conflict_rate', 'size_mean', 'size_std'],
		command: fields => Buffer.from(Math.random() < fields['conflict_rate']! ? `set x ${randomText(fields)}` : `get ${Math.random().toString(36).slice(2)}`),
	},
};

/** Reads a workload file; anything wrong is one line on stderr and exit code 2. */
export function readWorkload(file: string): Workload {
	let text: string;
	try {
		text = fs.readFileSync(file, 'utf8');
	} catch {
		return fail(`cannot read the workload file ${file}`);
	}

	const [, name = '', body = ''] = /^\s*(\w+)\s*(?::\s*)?\{([^{}]*)\}\s*$/.exec(text) ?? [];
	const kind = kinds[name];
	if (!kind) {
		return fail(`workload file ${file}: ${name === '' ? 'it is no workload' : `"${name}" is no workload of this engine`}; it knows ${Object.keys(kinds).join(', ')}`);
	}

	const fields = Object.fromEntries([...body.matchAll(/(\w+)\s*:\s*(\S+)/g)].map(([, key = '', value = '']) => [key, Number(value)]));
	for (const field of kind.fields) {
		if (!Number.isFinite(fields[field])) {
			return fail(`workload file ${file}: ${name}.${field} is missing or not a number`);
		}
	}

	const pool: Buffer[] = [];
	let next = 0;
	return () => {
		const place = next++ % poolSize;
		pool[place] ??= kind.command(fields);
		return pool[place];
	};
}

// Box and Muller's normal distribution, cut at zero.
function randomText({size_mean: mean = 0, size_std: deviation = 0}: Readonly<Record<string, number>>): string {
	const normal = Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
	const size = Math.max(0, Math.round(mean + (deviation * normal)));
	return Array.from({length: size}, () => String.fromCodePoint(97 + Math.floor(Math.random() * 26))).join('');
}
