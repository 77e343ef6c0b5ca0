import assert from 'node:assert/strict';
import test from 'node:test';
import {type ByteSource} from '../../source/core/byte-source.ts';
import {evaluateLive} from '../../source/core/live-reading.ts';
import {recordedLive} from '../../source/core/recorded-live.ts';
import {followRecorders} from '../../source/recorder/follow-recorders.ts';
import {TailReader} from '../../source/recorder/tail-reader.ts';

const header = 'start,stop,count,latency_nanos,label\r\n';
const startedAt = Date.UTC(2021, 3, 7, 18, 41, 21);

/** A file in memory that a test lets grow, and the bytes that were read of it. */
class GrowingFile implements ByteSource {
	text = '';
	bytesRead = 0;
	isClosed = false;

	get name(): string {
		return 'client_0_data.csv';
	}

	async size(): Promise<number> {
		return this.text.length;
	}

	async read(offset: number, length: number): Promise<Uint8Array> {
		const piece = this.text.slice(offset, offset + length);
		this.bytesRead += piece.length;
		return Buffer.from(piece);
	}

	watch(): () => void {
		return () => undefined;
	}

	async close(): Promise<void> {
		this.isClosed = true;
	}
}

function row(ms: number, {count = 1, latencyNanos = 1_000_000, label = 'write'} = {}): string {
	const time = new Date(startedAt + ms).toISOString();
	return `${time},${time},${count},${latencyNanos},${label}\r\n`;
}

/** The rows of a client that sends one request every `everyMs`. */
function rows(fromMs: number, toMs: number, everyMs: number, shape?: Parameters<typeof row>[1]): string {
	return Array.from({length: Math.floor((toMs - fromMs) / everyMs)}, (_, index) => row(fromMs + (index * everyMs), shape)).join('');
}

test('A look counts every new row of a slow client, and a row without a line end only once it is whole', async () => {
	const file = new GrowingFile();
	const reader = new TailReader(file);
	assert.equal(await reader.look(startedAt), undefined, 'nothing is there yet');
	file.text = header.slice(0, 9);
	assert.equal(await reader.look(startedAt), undefined, 'half a header');
	file.text = header + row(0) + row(100) + row(200).slice(0, 30);
	assert.deepEqual(await reader.look(startedAt + 200), {at: startedAt + 100, rows: (await rowsIn(header + row(0) + row(100))), weight: 1});
	assert.equal(await reader.look(startedAt + 250), undefined, 'no whole row is new');
	file.text = header + row(0) + row(100) + row(200) + row(300);
	const found = await reader.look(startedAt + 300);
	assert.deepEqual([found?.at, found?.rows.length, found?.weight], [startedAt + 300, 2, 1]);
});

test('A look at a fast client reads four kilobytes, and each row stands for those that were skipped', async () => {
	const file = new GrowingFile();
	const reader = new TailReader(file);
	file.text = header + rows(0, 1000, 0.1);
	const found = await reader.look(startedAt + 1000);
	assert.ok(found);
	assert.ok(Math.abs((found.rows.length * found.weight) - 10_000) < 20, 'ten thousand rows');
	assert.ok(file.bytesRead <= 4096 + 512, `${file.bytesRead} bytes`);
});

test('A file that was begun anew, one that is no recorder file, and rows that do not parse disturb no other look', async () => {
	const file = new GrowingFile();
	const reader = new TailReader(file);
	file.text = header + rows(0, 1000, 10);
	await reader.look(startedAt);
	file.text = `${header}${row(0)}no row\r\n${row(10)}`;
	assert.equal((await reader.look(startedAt))?.rows.length, 2);

	const other = new GrowingFile();
	other.text = 'x'.repeat(600);
	await assert.rejects(new TailReader(other).look(startedAt), /client_0_data\.csv is no recorder file/);
});

test('A clock that is plainly wrong shifts the times, a usual difference does not', async () => {
	const file = new GrowingFile();
	file.text = header + row(0);
	assert.equal((await new TailReader(file).look(startedAt + 3000))?.at, startedAt);
	const reader = new TailReader(file);
	assert.equal((await reader.look(startedAt + 3_600_000))?.at, startedAt + 3_600_000);
	file.text += row(500);
	assert.equal((await reader.look(startedAt + 3_600_900))?.at, startedAt + 3_600_500);
});

test('Followed files give throughput and latency series that say where they come from, while someone watches', async () => {
	const [fast, slow] = [new GrowingFile(), new GrowingFile()];
	let now = startedAt;
	const live = followRecorders([{label: 'client_0', source: fast}, {label: 'client_1', source: slow}], {everyMs: 1, now: () => now});
	const bytesBefore = fast.bytesRead;
	const done = Promise.withResolvers<void>();
	// The file of the fast client grows once a second, as that of a client which buffers its output.
	const grow = () => {
		const from = now - startedAt;
		if (from >= 8000) {
			done.resolve();
			return;
		}

		fast.text = (fast.text || header) + rows(from, from + 1000, 0.5, {latencyNanos: 2_000_000, count: 2});
		slow.text = (slow.text || header) + rows(from, from + 1000, 20, {latencyNanos: 9_000_000, label: 'read'});
		now += 1000;
	};

	grow();
	const stop = live.watch(grow);
	await done.promise;
	stop();
	assert.equal(bytesBefore, 0, 'nothing is read before someone watches');
	assert.deepEqual(live.names(), ['recorder_latency_nanos_bucket', 'recorder_requests_total']);
	const throughput = evaluateLive(recordedLive.throughput, live.source, now, 5000);
	assert.equal(throughput?.origin, 'from the tails of the recorder files');
	assert.equal(throughput?.source, 'recorder files');
	assert.ok(Math.abs(throughput.figures[0]!.value - 4050) < 100, `${throughput.figures[0]!.value} of 4050 requests/s`);
	const ofSlow = evaluateLive(recordedLive.throughput, live.source, now, 5000, ({labels}) => labels['instance'] === 'client_1');
	assert.ok(Math.abs((ofSlow?.figures[0]?.value ?? NaN) - 50) < 3, 'the slow client is counted exactly');
	const latency = evaluateLive(recordedLive.latency, live.source, now, 5000);
	assert.match(latency!.origin, /^from the tails of the recorder files, ±\d+ %$/);
	const [median, p99] = latency!.figures.map(({value}) => value);
	assert.ok(Math.abs(median! - 2) <= 0.25, `p50 ${median} ms`);
	assert.ok(Math.abs(p99! - 9) <= 1.2, `p99 ${p99} ms`);
	await live.close();
	assert.deepEqual([fast.isClosed, slow.isClosed], [true, true]);
});

async function rowsIn(text: string) {
	const file = new GrowingFile();
	file.text = text;
	return (await new TailReader(file).look(startedAt))?.rows;
}
