/*
Why a benchmark without a journal failed, as far as its files tell: the harness that wrote them raised an exception on its
console and kept no word of it.
*/
import {remedyFor} from '../core/diagnosis.ts';
import {type Failure} from '../core/event.ts';
import {signalName} from '../core/host.ts';
import {type Folder} from './folder.ts';
import {type RunProcess} from './run.ts';

const tailBytes = 4096;
const maxLines = 5;

// -1 is what the reference harness writes for any proc that it killed; the others are what a stop sends.
const endedOnPurpose = new Set([0, -1, -2, -9, -15]);

/** The failure of a benchmark that ended without a row. */
export async function findFailure(folder: Folder, id: string, processes: readonly RunProcess[]): Promise<Failure> {
	const tails = await Promise.all(processes.map(async process => ({process, lines: await lastLines(folder, process)})));
	const died = tails.find(({process}) => hasDied(process)) ?? tails.find(({process, lines}) => (process.errBytes ?? 0) > 0 && remedyFor(lines) !== undefined);
	if (!died) {
		return {kind: 'no-data', message: 'It left no row in results.csv, and no process of it shows why.'};
	}

	const {process, lines} = died;
	const hint = remedyFor(lines);
	return {
		kind: 'proc-died',
		message: `${process.label} ${endingOf(process)}.`,
		label: process.label,
		...(process.returncode !== undefined && {returnCode: process.returncode}),
		lines,
		...(process.command !== undefined && {commandFile: `${id}/${process.label}_cmd.txt`}),
		...(hint !== undefined && {hint}),
	};
}

/** Whether a proc ended with a code that nobody asked for. */
export function hasDied({returncode}: RunProcess): boolean {
	return returncode !== undefined && !endedOnPurpose.has(returncode);
}

function endingOf(process: RunProcess): string {
	if (!hasDied(process)) {
		return 'reported an error';
	}

	const signal = signalName(process.returncode!);
	return signal === undefined ? `ended with return code ${process.returncode}` : `was ended by ${signal}`;
}

async function lastLines(folder: Folder, {label, errBytes}: RunProcess): Promise<readonly string[]> {
	const text = await folder.tail(`${label}_${(errBytes ?? 0) > 0 ? 'err' : 'out'}.txt`, tailBytes);
	return text.split(/\r?\n/).filter(line => line.trim() !== '').slice(-maxLines);
}
