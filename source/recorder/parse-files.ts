/*
Files to blocks, on several threads: plain files are cut into parts of some megabytes, and each thread takes the next part
that nobody has. What a part says about itself (lines, labels, a bad row) is put together in the order of the files, so
the result does not depend on who read what.
*/
import {BenchError} from '../core/errors.ts';
import {type Block} from './block.ts';
import {type Crew} from './crew.ts';
import {LabelTable} from './label-table.ts';
import {NoRowsError} from './no-rows-error.ts';
import {type OpenedFile, openRecorderFile} from './open-file.ts';
import {type ParsedPart, type Part} from './parse-part.ts';
import {type PlacedBlock} from './placed-block.ts';
import {type FileReport, type RecorderFile, type RecorderFormat, type RecorderRequest} from './request.ts';
import {maxSpanNanos} from './row-scanner.ts';

export type ParsedFiles = {
	readonly format: RecorderFormat;
	/** In the order of the files and of the rows in them. */
	readonly blocks: readonly PlacedBlock[];
	/** Of the indices in the blocks. */
	readonly labels: readonly string[];
	/** Epoch seconds that all times of the analysis count from. */
	readonly baseSeconds: number;
	readonly files: readonly FileReport[];
	readonly warnings: readonly string[];
};

/** How much of a plain file a thread takes at a time. */
export const usualPartBytes = 8_388_608;

/**
Reads all files of a request.

@throws {BenchError} For a file that is no recorder file, rows that do not parse, files of different formats, or no row at
all; a `NoRowsError` for a file without rows where that is an error.
*/
export async function parseFiles(request: RecorderRequest, crew: Crew, partBytes = usualPartBytes): Promise<ParsedFiles> {
	const warnings: string[] = [];
	const opened: Array<OpenedFile | undefined> = [];
	for (const file of request.files) {
		opened.push(await openOrWarn(file, request, warnings));
	}

	const format = commonFormat(request, opened);
	const parts = opened.flatMap((file, index) => file ? partsOf(file, request.files[index]!, {index, partBytes}) : []);
	const parsed = await crew.parse(parts, request.skipBadRows ?? false);
	return assemble(request, format, {parts, parsed, warnings});
}

async function openOrWarn(file: RecorderFile, request: RecorderRequest, warnings: string[]): Promise<OpenedFile | undefined> {
	try {
		return await openRecorderFile(file);
	} catch (error) {
		if (error instanceof NoRowsError && !error.isMissing && request.emptyFiles === 'warn' && request.files.length > 1) {
			warnings.push(error.message);
			return undefined;
		}

		throw error;
	}
}

function commonFormat(request: RecorderRequest, opened: ReadonlyArray<OpenedFile | undefined>): RecorderFormat {
	const first = opened.findIndex(Boolean);
	const format = request.format === 'detect' ? opened[first]?.header.format : request.format;
	if (!format) {
		throw new BenchError(
			'recorder',
			request.files.length === 0
				? 'There is no recorder file to analyse.'
				: `None of the ${request.files.length} files holds a row: ${request.files.map(file => file.path).join(', ')}.`,
		);
	}

	const other = opened.findIndex(file => file && file.header.format !== format);
	if (other !== -1) {
		const {path} = (request.files[other]!);
		const expected = request.format === 'detect' ? `${request.files[first]!.path} is ${format}: analyse files of one format together` : `${format} rows are expected`;
		throw new BenchError('recorder', `${path} is ${opened[other]!.header.format} (its columns are ${opened[other]!.header.columns.join(',')}), but ${expected}.`);
	}

	return format;
}

function partsOf(file: OpenedFile, {path, bytesAt = path}: RecorderFile, {index, partBytes}: {readonly index: number; readonly partBytes: number}): readonly Part[] {
	const {isGzip, header, bytes, headerBytes} = file;
	if (isGzip) {
		return [{file: index, path, bytesAt, isGzip, header, from: headerBytes, to: Infinity, isFirst: true, bytes}];
	}

	const count = Math.max(1, Math.ceil((bytes - headerBytes) / partBytes));
	const bounds = Array.from({length: count + 1}, (_, part) => headerBytes + Math.floor((bytes - headerBytes) * part / count));
	return bounds.slice(1).map((to, part) => ({file: index, path, bytesAt, isGzip, header, from: bounds[part]!, to, isFirst: part === 0, bytes: to - bounds[part]!}));
}

type Parsed = {
	readonly parts: readonly Part[];
	readonly parsed: ReadonlyArray<ParsedPart | undefined>;
	readonly warnings: readonly string[];
};

function assemble(request: RecorderRequest, format: RecorderFormat, {parts, parsed, warnings: openWarnings}: Parsed): ParsedFiles {
	const warnings = [...openWarnings];
	const labels = new LabelTable();
	const blocks: PlacedBlock[] = [];
	const files: FileReport[] = [];
	const base = {seconds: NaN, path: ''};
	for (const [index, file] of request.files.entries()) {
		const own = parsed.filter((part, partIndex): part is ParsedPart => part !== undefined && parts[partIndex]!.file === index);
		const firstBad = badRowOf(own);
		const badRows = sum(own, part => part.badRows);
		const cutRows = own.some(part => part.isCut) ? 1 : 0;
		const rows = sum(own, part => part.rows);
		if (firstBad && !request.skipBadRows) {
			throw new BenchError('recorder', `${file.path}, ${firstBad}; benchdeck analyze --skip-bad-rows leaves such rows out and counts them.`);
		}

		if (own.length > 0 && rows === 0) {
			const held = badRows > 0 ? `${badRows} ${badRows === 1 ? 'row that does' : 'rows that do'} not parse` : (cutRows > 0 ? 'a cut row' : 'no row');
			const message = `${file.path} holds a header and ${held}: its client recorded nothing that can be used.`;
			if (request.emptyFiles !== 'warn' || request.files.length === 1) {
				throw new NoRowsError(message, file);
			}

			warnings.push(message);
		}

		warnings.push(...warningsOf(file, {rows, badRows, cutRows, firstBad, backwards: sum(own, part => part.backwards)}));
		let firstAt = Infinity;
		let lastAt = -Infinity;
		for (const part of own) {
			const ids = part.labels.map(name => labels.idOf(name));
			for (const block of part.blocks) {
				base.seconds = Number.isNaN(base.seconds) ? block.baseSeconds : base.seconds;
				base.path ||= file.path;
				blocks.push({...relabelled(block, ids), shift: shiftOf(block, base, file.path)});
				firstAt = Math.min(firstAt, (block.baseSeconds * 1000) + (block.first / 1e6));
				lastAt = Math.max(lastAt, (block.baseSeconds * 1000) + (block.lastStop / 1e6));
			}
		}

		files.push({label: file.label, path: file.path, rows, firstAt: rows > 0 ? firstAt : NaN, lastAt: rows > 0 ? lastAt : NaN, cutRows, badRows});
	}

	if (blocks.length === 0) {
		throw new BenchError('recorder', `None of the ${request.files.length} files holds a row: ${request.files.map(file => file.path).join(', ')}.`);
	}

	return {format, blocks, labels: labels.names, baseSeconds: base.seconds, files, warnings};
}

/** Where the first bad row of a file is, and why: `line 12, column stop: …`. The header is line 1. */
function badRowOf(parts: readonly ParsedPart[]): string | undefined {
	let lines = 1;
	for (const {firstBad, lines: own} of parts) {
		if (firstBad) {
			return `line ${lines + firstBad.line}, column ${firstBad.column}: ${firstBad.reason}`;
		}

		lines += own;
	}

	return undefined;
}

function warningsOf(
	file: RecorderFile,
	{
		rows,
		badRows,
		cutRows,
		firstBad,
		backwards,
	}: {readonly rows: number; readonly badRows: number; readonly cutRows: number; readonly firstBad: string | undefined; readonly backwards: number},
): readonly string[] {
	return [
		cutRows > 0 && rows > 0 && `${file.path}: the last row is cut (it has no line end) and is left out.`,
		firstBad !== undefined
		&& `${file.path}: ${badRows} ${badRows === 1 ? 'row does' : 'rows do'} not parse and ${badRows === 1 ? 'is' : 'are'} left out; the first: ${firstBad}.`,
		backwards > 0
		&& `${file.path}: ${backwards} ${backwards === 1 ? 'row stops before it starts' : 'rows stop before they start'}: a clock was set back.`,
	].filter(warning => warning !== false);
}

function relabelled(block: Block, ids: readonly number[]): Block {
	if (typeof block.labels === 'number') {
		return {...block, labels: ids[block.labels]!};
	}

	if (ids.some((id, index) => id !== index)) {
		for (let index = 0; index < block.rows; index++) {
			block.labels[index] = ids[block.labels[index]!]!;
		}
	}

	return block;
}

function shiftOf(block: Block, base: {readonly seconds: number; readonly path: string}, path: string): number {
	const shift = (block.baseSeconds - base.seconds) * 1e9;
	if (Math.abs(shift) > maxSpanNanos) {
		throw new BenchError('recorder', `${path} and ${base.path} lie more than 52 days apart: they are not of one benchmark, or a clock is wrong.`);
	}

	return shift;
}

function sum(parts: readonly ParsedPart[], of: (part: ParsedPart) => number): number {
	return parts.reduce((total, part) => total + of(part), 0);
}
