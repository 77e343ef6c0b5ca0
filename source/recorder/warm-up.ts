import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {analyzeFiles} from './analyze-files.ts';
import {Control, createControlBuffer} from './control.ts';
import {formatTimestamp} from './timestamp.ts';

const rows = 4000;
const rounds = 2;

/**
Analyses rows that nobody recorded, just as it will those of a run, so that the first analysis finds compiled code: it would
take 50 ms where a later one takes 9.
*/
export async function warmUp(): Promise<void> {
	const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'benchdeck-'));
	try {
		const files = ['one', 'other'].map(label => ({label, path: path.join(folder, `${label}.csv`)}));
		await Promise.all(files.map(async ({path: file}, index) => fs.writeFile(file, rowTexts(index * 17))));
		for (let round = 0; round < rounds; round++) {
			await analyzeFiles({
				files, format: 'labelled', dropPrefixMs: 0, emptyFiles: 'fail', series: path.join(folder, 'series.csv'), histogram: path.join(folder, 'histogram.csv'),
			}, new Control(createControlBuffer()));
		}
	} finally {
		await fs.rm(folder, {recursive: true, force: true});
	}
}

/** A closed loop's rows, from a moment that has no meaning. */
function rowTexts(fromMicros: number): string {
	let at = fromMicros;
	let text = 'start,stop,count,latency_nanos,label\n';
	for (let row = 0; row < rows; row++) {
		const micros = 40 + (row * 61 % 997);
		text += `${stampOf(at)},${stampOf(at + micros)},1,${micros}${100 + (row % 900)},write\n`;
		at += micros;
	}

	return text;
}

function stampOf(micros: number): string {
	const seconds = Math.floor(micros / 1e6);
	return formatTimestamp({seconds, nanos: (micros - (seconds * 1e6)) * 1000});
}
