import {rmSync} from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import {analyzeFiles} from './analyze-files.ts';
import {Control, createControlBuffer} from './control.ts';

/**
Rows of a file in each round. More of them spare the first analysis a few milliseconds, and take hundreds before it: the
runner is to be idle while others are measured.
*/
const rounds = [8, 8, 500, 500, 2000];
/** Between the rows, so that they fill several seconds, as those of a run do. */
const pauseMicros = 1000;
const maxRowBytes = 80;
const header = 'start,stop,count,latency_nanos,label\n';

/**
Analyses rows that nobody recorded, just as it will those of a run, so that the first analysis finds compiled code: it would
take three times as long. Never rejects: what cannot be warmed up, for the disk is full, is compiled later.

@param folder An empty folder, which is gone afterwards.
*/
export async function warmUp(folder: string): Promise<void> {
	try {
		const files = ['one', 'other'].map(label => ({label, path: path.join(folder, `${label}.csv`)}));
		const texts = files.map((_file, index) => rowText(Math.max(...rounds), index * 17));
		for (const rows of rounds) {
			await Promise.all(files.map(async ({path: file}, index) => fs.writeFile(file, texts[index]!.first(rows))));
			await analyzeFiles({
				files, format: 'labelled', dropPrefixMs: 0, emptyFiles: 'fail', series: path.join(folder, 'series.csv'), histogram: path.join(folder, 'histogram.csv'),
			}, new Control(createControlBuffer()));
		}

		// The asynchronous `rm` changes what V8 takes for granted of typed arrays: it would throw away all that was compiled.
		rmSync(folder, {recursive: true, force: true});
	} catch {
		// The first analysis is slower, and says what is wrong if it is still so then. The folder goes with the process.
	}
}

type RowText = {
	/** The header and so many rows. */
	first(rows: number): Uint8Array;
};

/** A closed loop's rows, from a moment that has no meaning; latencies have a long tail. As bytes: so many strings would be collected for longer than they take to make. */
function rowText(rows: number, fromMicros: number): RowText {
	const bytes = Buffer.alloc(header.length + (rows * maxRowBytes));
	const ends = [bytes.write(header)];
	let at = fromMicros;
	let seed = fromMicros + 1;
	for (let row = 0; row < rows; row++) {
		seed = (seed * 48_271) % 2_147_483_647;
		const micros = 40 + Math.floor(60 / (0.01 + (seed / 2_147_483_647)));
		const end = ends[row]!;
		ends.push(end + bytes.write(`${stampOf(at)},${stampOf(at + micros)},1,${(micros * 1000) + (seed % 1000)},write\n`, end));
		at += micros + pauseMicros;
	}

	return {first: count => bytes.subarray(0, ends[count])};
}

/** Of a moment within a minute. */
function stampOf(micros: number): string {
	const digits = String(micros).padStart(8, '0');
	return `1970-01-01T00:00:${digits.slice(0, -6)}.${digits.slice(-6)}Z`;
}
