import {type WriteStream} from 'node:tty';
import {findRun} from '../directory/find-run.ts';
import {readRun} from '../directory/read-run.ts';
import {type Run} from '../directory/run.ts';
import {printable} from './printable.ts';
import {showText} from './show-text.ts';

export type ShowOptions = {
	/** A path, a run's word or enough of it, `last`, or `.`. */
	readonly run: string;
	/** Where runs are looked for by word. */
	readonly root: string;
	readonly json: boolean;
	readonly stdout: NodeJS.WritableStream;
	/** Gets what is missing or damaged in the directory. */
	readonly stderr: NodeJS.WritableStream;
	/** Epoch ms. */
	readonly now?: number;
};

const defaultWidth = 80;

/**
`benchdeck show RUN`, for suite directories of either program.

@returns 0; what became of the run is in what it prints.
@throws BenchError where there is no such run.
*/
export async function showCommand({run: wanted, root, json, stdout, stderr, now = Date.now()}: ShowOptions): Promise<number> {
	const run = await readRun(await findRun(wanted, root), {now, processes: json ? 'all' : 'failed'});
	const style = {width: widthOf(stdout), isColoured: hasColours(stdout), now};
	stdout.write(json ? `${escaped(JSON.stringify(showJson(run), undefined, 4))}\n` : showText(run, style));
	for (const warning of run.warnings) {
		stderr.write(`Note: ${printable(warning)}.\n`);
	}

	return 0;
}

/** What `show --json` prints. Benchmarks that never began are left out. */
export function showJson(run: Run) {
	return {
		path: run.path,
		name: run.name,
		status: run.status,
		started: run.started ?? null,
		stopped: run.stopped ?? null,
		args: run.args,
		benchmarks: run.benchmarks.filter(({status}) => status !== 'waiting').map(({id, status, input, output, processes}) => ({
			id,
			status,
			input,
			output: output ?? null,
			processes: processes.map(({label, command, returncode, outBytes, errBytes}) => ({
				label, command: command ?? null, returncode: returncode ?? null, outBytes: outBytes ?? null, errBytes: errBytes ?? null,
			})),
		})),
	};
}

// JSON leaves the upper control characters as they are; a terminal would obey them.
function escaped(json: string): string {
	return json.replaceAll(/[\u{7F}-\u{9F}]/gu, character => String.raw`\u00${character.codePointAt(0)!.toString(16)}`);
}

function widthOf(stdout: NodeJS.WritableStream): number {
	const {columns} = stdout as Partial<WriteStream>;
	return columns !== undefined && columns > 0 ? columns : defaultWidth;
}

// Node's own answer knows NO_COLOR and TERM.
function hasColours(stdout: NodeJS.WritableStream): boolean {
	const terminal = stdout as Partial<WriteStream>;
	return terminal.isTTY === true && terminal.hasColors?.() === true;
}
