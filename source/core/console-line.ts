/*
The lines that the reference harness prints, to the letter: one when a suite starts, one per benchmark.
*/
import {printSeconds} from './duration.ts';
import {type Failure} from './event.ts';
import {generalFloat} from './python-text.ts';

/** `Running suite in /tmp/2021-….` */
export function suiteLine(directory: string): string {
	return `Running suite in ${directory}.`;
}

type BenchmarkLine = {
	/** How many are done, this one included. */
	readonly done: number;
	readonly total: number;
	readonly durationMs: number;
	readonly elapsedMs: number;
	readonly leftMs: number;
	readonly summary: string;
};

/** `[001/003; 33.33%] 0:00:08 / 0:00:08 + 0:00:16? {…}`: this benchmark's time / time so far + time left. */
export function benchmarkLine({done, total, durationMs, elapsedMs, leftMs, summary}: BenchmarkLine): string {
	return `[${three(done)}/${three(total)}; ${generalFloat(done / total * 100, 4)}%] ${printSeconds(durationMs)} / ${printSeconds(elapsedMs)} + ${printSeconds(leftMs)}? ${summary}`;
}

/** One line that says why a benchmark failed: what, its command file, what to do, and last the last words of the proc that died. */
export function failureLine(id: string, failure: Failure): string {
	const words = failure.lines && failure.lines.length > 0 ? ` Its last lines: ${failure.lines.map(line => line.trim()).filter(line => line !== '').join(' | ')}` : '';
	const command = failure.commandFile === undefined ? '' : ` Command: ${failure.commandFile}.`;
	return `Benchmark ${id} failed: ${failure.message}${command}${failure.hint === undefined ? '' : ` ${failure.hint}`}${words}`;
}

function three(value: number): string {
	return String(value).padStart(3, '0');
}
