/*
Recorder files as large as a night's, seeded: what the recorder's benchmark reads.
*/
import fs from 'node:fs';
import path from 'node:path';
import {seeded} from '../recorder/generate-rows.ts';

const startedAt = Date.UTC(2021, 3, 7, 18, 41, 21);
const chunkBytes = 4_194_304;

/**
Writes the rows of several clients, each with about 10,000 requests a second on a millisecond clock, a third of them reads.

@param directory
@param rows Of each client.
@returns The files' paths.
*/
export function writeRecorderFiles(directory: string, rows: readonly number[]): readonly string[] {
	return rows.map((count, client) => {
		const file = path.join(directory, `client_${client}_data.csv`);
		writeRows(file, count, seeded(client + 1));
		return file;
	});
}

function writeRows(file: string, rows: number, random: () => number): void {
	const descriptor = fs.openSync(file, 'w');
	let text = 'start,stop,count,latency_nanos,label\n';
	let startMs = 0;
	for (let row = 0; row < rows; row++) {
		startMs += random() * 0.2;
		// Mostly short, a few very long: what latencies look like.
		const latency = Math.floor(200_000 * (1 + random() + (random() < 0.001 ? 100 * random() : 0)));
		text += `${timeText(startMs)},${timeText(startMs + (latency / 1e6))},1,${latency},${random() < 0.3 ? 'read' : 'write'}\n`;
		if (text.length < chunkBytes) {
			continue;
		}

		fs.writeSync(descriptor, text);
		text = '';
	}

	fs.writeSync(descriptor, text);
	fs.closeSync(descriptor);
}

let second = NaN;
let secondText = '';

/** As the clients write it: a zero fraction is left out. */
function timeText(ms: number): string {
	const whole = Math.floor(ms / 1000);
	if (whole !== second) {
		second = whole;
		secondText = new Date(startedAt + (whole * 1000)).toISOString().slice(0, 19);
	}

	const fraction = Math.floor(ms) - (whole * 1000);
	return fraction === 0 ? `${secondText}Z` : `${secondText}.${String(fraction).padStart(3, '0')}Z`;
}
