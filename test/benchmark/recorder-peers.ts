/*
What the recorder is measured against, each in a process of its own.
*/
import fs from 'node:fs';
import {parse} from 'csv-parse';
import {BlockBuilder, blockRows} from '../../source/recorder/block.ts';
import {Control, createControlBuffer} from '../../source/recorder/control.ts';
import {latencyQuantiles, summarizeLatency} from '../../source/recorder/latency.ts';
import {type PlacedBlock} from '../../source/recorder/placed-block.ts';
import {type RowSource} from '../../source/recorder/row-groups.ts';
import {walkRows} from '../../source/recorder/walk-rows.ts';

/** Figures by label: `{write: {'latency.mean_ms': 0.3}}`. */
export type FlatFigures = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Reads all bytes of files and does nothing with them. */
export function readBytes(files: readonly string[]): void {
	const buffer = Buffer.alloc(262_144);
	for (const file of files) {
		const descriptor = fs.openSync(file, 'r');
		while (fs.readSync(descriptor, buffer) > 0) {
			// The next piece takes its place.
		}

		fs.closeSync(descriptor);
	}
}

/** csv-parse splits the rows, Date.parse reads the times, and the recorder's own summary does the rest. */
export async function summarizeWithCsvParse(files: readonly string[]): Promise<FlatFigures> {
	const builder = new BlockBuilder();
	const blocks: PlacedBlock[] = [];
	const labels: string[] = [];
	let baseMs = NaN;
	const take = () => {
		blocks.push({...builder.take(baseMs / 1000), shift: 0});
	};

	for (const file of files) {
		const rows = fs.createReadStream(file).pipe(parse({fromLine: 2})) as AsyncIterable<readonly [string, string, string, string, string]>;
		for await (const [start, stop, count, latency, label] of rows) {
			const [startMs, stopMs] = [Date.parse(start), Date.parse(stop)];
			baseMs = Number.isNaN(baseMs) ? Math.floor(startMs / 1000) * 1000 : baseMs;
			if (!labels.includes(label)) {
				labels.push(label);
			}

			builder.unit = 1e6;
			builder.add((startMs - baseMs) * 1e6, (stopMs - baseMs) * 1e6, Number(latency), Number(count), labels.indexOf(label));
			if (builder.length === blockRows) {
				take();
			}
		}

		if (builder.length > 0) {
			take();
		}
	}

	return figuresOf({blocks, cut: -Infinity, labels, isLabelled: true});
}

async function figuresOf(source: RowSource): Promise<FlatFigures> {
	const control = new Control(createControlBuffer());
	const latency = summarizeLatency(source, control);
	const ordered = await walkRows(source, {control});
	const names = ['median', 'p90', 'p95', 'p99'];
	return Object.fromEntries([...ordered].map(([label, {throughput}]) => {
		const {mean, min, max, quantiles} = latency.get(label)!;
		const rate = throughput.summarize(latencyQuantiles.slice(0, 4));
		return [source.labels[label]!, {
			'latency.mean_ms': mean, 'latency.min_ms': min, 'latency.max_ms': max,
			...Object.fromEntries(names.map((name, place) => [`latency.${name}_ms`, quantiles[place]!])),
			'start_throughput_1s.mean': rate.mean, 'start_throughput_1s.min': rate.min, 'start_throughput_1s.max': rate.max,
			...Object.fromEntries(names.map((name, place) => [`start_throughput_1s.${name}`, rate.quantiles[place]!])),
		}];
	}));
}
