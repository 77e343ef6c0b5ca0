import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import {gzipSync} from 'node:zlib';
import {analyzeFiles} from '../../source/recorder/analyze-files.ts';
import {Control, createControlBuffer} from '../../source/recorder/control.ts';
import {assertFigures} from './check-figures.ts';
import {generateRows, seeded, type Shape} from './generate-rows.ts';
import {slowFigures, slowRead} from './slow-analysis.ts';

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-figures-'));
test.after(() => {
	fs.rmSync(directory, {recursive: true});
});

type Case = {
	readonly files: readonly Shape[];
	readonly dropPrefixMs?: number;
	/** Bytes that a thread takes at a time, where not the usual number. */
	readonly partBytes?: number;
	readonly isCompressed?: boolean;
};

const cases: Readonly<Record<string, Case>> = {
	'One row': {files: [{rows: 1}]},
	'Two rows of two files': {files: [{rows: 1}, {rows: 1, at: 1_617_846_084_000}]},
	'A single second': {files: [{rows: 900}]},
	'Many ties of a millisecond clock': {files: [{rows: 4000, everyMs: 0.3, group: 5}, {rows: 3000, everyMs: 0.3, group: 5}, {rows: 5000, everyMs: 0.2, group: 5}]},
	Nanoseconds: {files: [{rows: 5000, digits: 9}, {rows: 4000, digits: 9}]},
	'Microseconds and several labels': {files: [{rows: 6000, digits: 6, labels: ['write', 'read', 'scan', 'größe']}, {rows: 3000, digits: 6, labels: ['read', 'write']}]},
	Groups: {files: [{rows: 6000, group: 300, labels: ['write', 'read']}]},
	'A gap of minutes': {files: [{rows: 4000, gapMs: 300_000}, {rows: 300, gapMs: 90_000}]},
	'Files that are out of order': {files: [{rows: 5000, disorder: 300, digits: 6}, {rows: 5000, disorder: 5000, group: 9}]},
	'Rows after a prefix': {files: [{rows: 6000, labels: ['write', 'read'], disorder: 40}, {rows: 6000}], dropPrefixMs: 2500},
	'A prefix that takes whole labels away': {files: [{rows: 500, labels: ['early']}, {rows: 4000, labels: ['late'], at: 1_617_846_083_000}], dropPrefixMs: 2000},
	'Unlabelled rows': {files: [{rows: 4000, isUnlabelled: true}, {rows: 4000, isUnlabelled: true, everyMs: 3}]},
	'Unlabelled rows of a nanosecond clock': {files: [{rows: 4000, isUnlabelled: true, digits: 9, disorder: 90}]},
	'Unlabelled rows after a prefix': {files: [{rows: 4000, isUnlabelled: true}], dropPrefixMs: 700},
	'Times as pandas writes them': {files: [{rows: 3000, isPandas: true, lineEnd: '\n'}, {rows: 3000, isPandas: true, digits: 9}]},
	'Quoted fields': {files: [{rows: 3000, isQuoted: true}]},
	'Compressed files': {files: [{rows: 3000}, {rows: 3000, labels: ['read']}], isCompressed: true},
	'A file that is cut into many parts': {files: [{rows: 3000, labels: ['write', 'read']}, {rows: 2000, lineEnd: '\n', isQuoted: true}], partBytes: 1000},
	'Parts of a byte': {files: [{rows: 40}], partBytes: 1},
	'Clients that start at different times': {files: [0, 1, 2, 3, 4, 5, 6, 7].map(client => ({rows: 700 * (client + 1), at: 1_617_846_081_000 + (client * 170), group: 4}))},
};

for (const [name, {files, dropPrefixMs = 0, partBytes, isCompressed}] of Object.entries(cases)) {
	test(`${name}: the figures are those of the slow analysis`, async () => {
		const random = seeded(name.length);
		const texts = files.map(shape => generateRows(shape, random));
		const paths = texts.map((text, index) => {
			const file = path.join(directory, `${name}_${index}.csv`);
			fs.writeFileSync(file, isCompressed ? gzipSync(text) : text);
			return file;
		});
		const {labels, files: reports} = await analyzeFiles({files: paths.map(file => ({path: file, label: 'client'})), format: 'detect', dropPrefixMs}, new Control(createControlBuffer()), partBytes);
		const rows = texts.map(text => slowRead(Buffer.from(text)).rows);
		const expected = slowFigures(rows, dropPrefixMs, !files[0]!.isUnlabelled);
		assert.deepEqual(Object.keys(labels), [...expected.keys()], 'labels in order of first appearance');
		for (const [label, figures] of expected) {
			assertFigures(labels[label], figures, label);
		}

		for (const [index, {rows: count, firstAt, lastAt}] of reports.entries()) {
			const starts = rows[index]!.map(row => Number(row.start) / 1e6);
			const stops = rows[index]!.map(row => Number(row.stop) / 1e6);
			assert.equal(count, starts.length);
			assert.ok(Math.abs(firstAt - Math.min(...starts)) < 0.001, 'first start of the file');
			assert.ok(Math.abs(lastAt - Math.max(...stops)) < 0.001, 'last stop of the file');
		}
	});
}

test('Blocks that overlap are merged exactly: 180,000 rows, far out of order, from two files', async () => {
	const random = seeded(9);
	const texts = [generateRows({rows: 150_000, everyMs: 0.5, digits: 6, disorder: 70_000, labels: ['write', 'read']}, random), generateRows({rows: 30_000, everyMs: 2, group: 3}, random)];
	const paths = texts.map((text, index) => {
		const file = path.join(directory, `overlap_${index}.csv`);
		fs.writeFileSync(file, text);
		return file;
	});
	const {labels} = await analyzeFiles({files: paths.map(file => ({path: file, label: 'client'})), format: 'labelled', dropPrefixMs: 1000}, new Control(createControlBuffer()));
	for (const [label, figures] of slowFigures(texts.map(text => slowRead(Buffer.from(text)).rows), 1000, true)) {
		assertFigures(labels[label], figures, label);
	}
});
