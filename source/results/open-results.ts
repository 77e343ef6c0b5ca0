import {type Buffer} from 'node:buffer';
import fs from 'node:fs/promises';
import path from 'node:path';
import {gunzipSync, constants as zlib} from 'node:zlib';
import {BenchError} from '../core/errors.ts';
import {type Json} from '../core/json.ts';
import {leavesOf} from '../directory/cell.ts';
import {reasonOf} from '../directory/directory-error.ts';
import {findRun} from '../directory/find-run.ts';
import {readRun, type ReadOptions} from '../directory/read-run.ts';
import {type Run} from '../directory/run.ts';
import {indexCsv} from './csv-index.ts';
import {looseInputs} from './loose-inputs.ts';
import {type ResultRow, type ResultSet} from './result-set.ts';

const maxBytes = 512 * 1024 * 1024;

/**
Opens what a person calls a run: a loose results.csv (also `.gz`), or whatever `findRun` finds.

@param root Where words are looked for.
@throws BenchError `usage` where nothing of that name is there, `directory` where it cannot be read.
*/
export async function openResults(run: string, root: string, options: ReadOptions = {}): Promise<ResultSet> {
	return await isResultsFile(run) ? openResultsFile(run) : resultsOfRun(await readRun(await findRun(run, root), {processes: 'failed', ...options}));
}

/**
Opens a loose results file.

@throws BenchError `directory` where it cannot be read or holds no table.
*/
export async function openResultsFile(file: string): Promise<ResultSet> {
	const absolute = path.resolve(file);
	const {bytes, isCut} = await readBytes(absolute);
	const table = indexCsv(bytes);
	const {columns, length} = table;
	const warnings = isCut ? ['its gzip data are cut', ...table.warnings] : table.warnings;
	if (columns.length < 2 || (length === 0 && warnings.length > 0)) {
		throw new BenchError('directory', `${absolute} holds no table of results${warnings.length > 0 ? ` (${warnings[0]!})` : ''}; name a results.csv.`);
	}

	const name = path.basename(absolute);
	const width = Math.max(3, String(length).length);
	const inputs = looseInputs(table);
	const places = new Map(columns.map((column, place) => [column, place]));
	return withDerived({
		path: absolute,
		name,
		word: undefined,
		label: name.replace(/(?:\.csv)?(?:\.gz)?$/, '') || name,
		run: undefined,
		inputs: columns.filter(column => inputs.has(column)),
		outputs: columns.filter(column => !inputs.has(column)),
		rows: Array.from({length}, (_, place): ResultRow => ({id: String(place + 1).padStart(width, '0'), status: 'finished'})),
		warnings: warnings.map(warning => `${name}: ${warning}`),
	}, {
		column(column) {
			const place = places.get(column);
			return place === undefined ? undefined : table.values(place);
		},
		cell(column, row) {
			const place = places.get(column);
			return place === undefined ? undefined : table.value(row, place);
		},
	});
}

/** The results of a run that was read. Benchmarks that never began are no rows. */
export function resultsOfRun(run: Run): ResultSet {
	const benchmarks = run.benchmarks.filter(({status}) => status !== 'waiting');
	const inputs = benchmarks.map(({input}) => new Map(leavesOf(input)));
	const outputs = benchmarks.map(({output}) => new Map(output ? leavesOf(output) : []));
	const inputNames = namesOf(inputs, run.columns);
	const known = new Set(inputNames);
	return withDerived({
		path: run.path,
		name: run.name,
		word: run.word,
		label: run.word ?? run.name,
		run,
		inputs: inputNames,
		outputs: namesOf(outputs, run.columns).filter(name => !known.has(name)),
		rows: benchmarks.map(({id, status}): ResultRow => ({id, status})),
		warnings: run.warnings,
	}, {
		column: name => (known.has(name) ? inputs : outputs).map(leaves => leaves.get(name)),
		cell: (name, row) => (known.has(name) ? inputs : outputs)[row]?.get(name),
	});
}

type Base = Omit<ResultSet, 'derived' | 'values' | 'value'>;
type Values = ReadonlyArray<Json | undefined>;
type Source = {
	/** Undefined where there is no such column. */
	column(name: string): Values | undefined;
	cell(name: string, row: number): Json | undefined;
};

function withDerived(base: Base, source: Source): ResultSet {
	const cache = new Map<string, Values>();
	const [procs, each] = ['num_client_procs', 'num_clients_per_proc'] as const;
	const hasProduct = [procs, each].every(name => base.inputs.includes(name)) && ![...base.inputs, ...base.outputs].includes('num_clients');
	const isOurs = (name: string) => name === 'id' || name === 'status' || (name === 'num_clients' && hasProduct);
	const make = (name: string): Values => (isOurs(name) ? undefined : source.column(name)) ?? base.rows.map((_, row) => isOurs(name) ? value(name, row) : undefined);
	const value = (name: string, row: number): Json | undefined => {
		if (name === 'id' || name === 'status') {
			return base.rows[row]?.[name];
		}

		if (name === 'num_clients' && hasProduct) {
			return product(value(procs, row), value(each, row));
		}

		const known = cache.get(name);
		return known ? known[row] : source.cell(name, row);
	};

	const values = (name: string): Values => {
		const known = cache.get(name) ?? make(name);
		cache.set(name, known);
		return known;
	};

	return {...base, derived: hasProduct ? ['num_clients'] : [], values, value};
}

function product(one: Json | undefined, other: Json | undefined): number | undefined {
	return typeof one === 'number' && typeof other === 'number' ? one * other : undefined;
}

// As results.csv orders them; those that it does not have come after.
function namesOf(leaves: ReadonlyArray<ReadonlyMap<string, Json>>, columns: readonly string[]): readonly string[] {
	const names = new Set(leaves.flatMap(map => [...map.keys()]));
	const first = columns.filter(name => names.has(name));
	return [...new Set([...first, ...names])];
}

/** Whether a RUN names a loose results file: any file that is there. */
export async function isResultsFile(name: string): Promise<boolean> {
	try {
		return (await fs.stat(name)).isFile();
	} catch {
		return false;
	}
}

async function readBytes(file: string): Promise<{readonly bytes: Buffer; readonly isCut: boolean}> {
	try {
		const stats = await fs.stat(file);
		if (!stats.isFile() || stats.size > maxBytes) {
			throw new Error(stats.isFile() ? `it is too large for a results.csv (${stats.size} bytes)` : 'it is not a file');
		}

		const content = await fs.readFile(file);
		const isGzip = content[0] === 0x1F && content[1] === 0x8B;
		return isGzip ? unpacked(content) : {bytes: content, isCut: false};
	} catch (error) {
		throw new BenchError('directory', `Cannot read ${file}: ${reasonOf(error)}; name a results.csv.`, {cause: error});
	}
}

// As much as there is of it.
function unpacked(content: Uint8Array): {readonly bytes: Buffer; readonly isCut: boolean} {
	try {
		return {bytes: gunzipSync(content, {maxOutputLength: maxBytes}), isCut: false};
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'Z_BUF_ERROR') {
			throw error;
		}

		return {bytes: gunzipSync(content, {finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: maxBytes}), isCut: true};
	}
}
