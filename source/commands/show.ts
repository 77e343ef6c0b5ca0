import {type KnownCause} from '../core/diagnosis.ts';
import {findRun} from '../directory/find-run.ts';
import {readRun} from '../directory/read-run.ts';
import {type Run} from '../directory/run.ts';
import {isResultsFile, openResultsFile, resultsOfRun} from '../results/open-results.ts';
import {fieldNames, type ResultSet} from '../results/result-set.ts';
import {findFields} from '../results/field-name.ts';
import {type TableOptions, tableView} from '../results/table-view.ts';
import {type Triage, triageRun} from '../results/triage.ts';
import {csvOutput} from './csv-output.ts';
import {jsonText} from './json-text.ts';
import {printable} from './printable.ts';
import {resultTableText} from './result-table-text.ts';
import {showText} from './show-text.ts';
import {textStyle} from './text-style.ts';
import {triageText} from './triage-text.ts';

export type ShowOptions = {
	/** A path, a run's word or enough of it, `last`, or `.`; also a loose results file. */
	readonly run: string;
	/** Where runs are looked for by word. */
	readonly root: string;
	readonly json?: boolean;
	readonly csv?: boolean;
	readonly table?: TableOptions;
	/** Only why benchmarks failed. */
	readonly triage?: boolean;
	/** A person's own causes of failures. */
	readonly causes?: readonly KnownCause[];
	readonly stdout: NodeJS.WritableStream;
	/** Gets what is missing or damaged in the directory. */
	readonly stderr: NodeJS.WritableStream;
	/** Epoch ms. */
	readonly now?: number;
};

/**
`benchdeck show RUN`, for suite directories of either program, and for loose results files.

@returns 0; what became of the run is in what it prints.
@throws BenchError where there is no such run.
*/
export async function showCommand(options: ShowOptions): Promise<number> {
	const {run: wanted, root, json = false, csv = false, stdout, stderr, causes, now = Date.now()} = options;
	const run = await isResultsFile(wanted) ? undefined : await readRun(await findRun(wanted, root), {now, processes: json && !options.triage ? 'all' : 'failed'});
	const set = run ? resultsOfRun(run) : await openResultsFile(wanted);
	if (options.triage) {
		const triages = run ? await triageRun(run, {causes}) : [];
		stdout.write(json ? jsonText({path: set.path, triage: triages}) : triageText(triages, textStyle(stdout)) || 'No benchmark failed.\n');
	} else if (json) {
		stdout.write(jsonText(run ? showJson(run) : looseJson(set)));
	} else if (csv) {
		stdout.write(tableCsv(set, options.table));
	} else {
		stdout.write(textOf(set, run, run ? await triageRun(run, {causes}) : [], {...options, now}));
	}

	for (const warning of set.warnings) {
		stderr.write(`Note: ${printable(warning)}.\n`);
	}

	return 0;
}

function textOf(set: ResultSet, run: Run | undefined, triages: readonly Triage[], {table = {fold: true}, stdout, now}: ShowOptions & {readonly now: number}): string {
	const style = textStyle(stdout);
	const lines = resultTableText(set, table, style);
	const head = run ? triageText(triages, style) + showText(run, {...style, now}) : `Results     ${printable(set.path)}\nRows        ${set.rows.length}\n`;
	return [head, ...(lines.length === 0 ? [] : [lines.map(line => `${line}\n`).join('')])].join('\n');
}

// Every column, unless a person chooses.
function tableCsv(set: ResultSet, {columns = [], where, sort}: TableOptions = {}): string {
	const names = fieldNames(set);
	const chosen = columns.length > 0 ? columns.flatMap(pattern => findFields(pattern, names)) : names;
	const {rows} = tableView(set, {where, sort, columns: chosen});
	const unique = [...new Set(chosen)];
	return csvOutput(unique, rows.map(({cells}) => cells.map(({value}) => value)));
}

function looseJson(set: ResultSet) {
	const row = (place: number, names: readonly string[]) => Object.fromEntries(names.map(name => [name, set.values(name)[place] ?? null]));
	return {path: set.path, name: set.name, rows: set.rows.map(({id}, place) => ({id, input: row(place, set.inputs), output: row(place, set.outputs)}))};
}

/** What `show --json` prints. Benchmarks that never began are left out. */
function showJson(run: Run) {
	return {
		path: run.path,
		name: run.name,
		status: run.status,
		started: run.started ?? null,
		stopped: run.stopped ?? null,
		args: run.args,
		benchmarks: run.benchmarks.filter(({status}) => status !== 'waiting').map(({id, status, input, output, attempt, processes}) => ({
			id,
			status,
			input,
			output: output ?? null,
			// What took one attempt, as nearly all do, has the shape of the reference's.
			...(attempt > 1 && {attempts: attempt}),
			processes: processes.map(({label, command, returncode, outBytes, errBytes}) => ({
				label, command: command ?? null, returncode: returncode ?? null, outBytes: outBytes ?? null, errBytes: errBytes ?? null,
			})),
		})),
	};
}
