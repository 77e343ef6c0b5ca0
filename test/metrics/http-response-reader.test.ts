import assert from 'node:assert/strict';
import test from 'node:test';
import {BenchError} from '../../source/core/errors.ts';
import {HttpResponseReader, type HttpResponse} from '../../source/metrics/http-response-reader.ts';

type Read = Omit<HttpResponse, 'body'> & {readonly body: string};

/** Every answer in the bytes, pushed in pieces of a size. */
function read(text: string, pieceBytes = Infinity): readonly Read[] {
	const reader = new HttpResponseReader('client_0');
	const bytes = Buffer.from(text);
	const found: Read[] = [];
	const keep = (response: HttpResponse | undefined) => {
		if (response) {
			found.push({...response, body: Buffer.from(response.body).toString()});
		}
	};

	for (let at = 0; at < bytes.length; at += pieceBytes) {
		keep(reader.push(bytes.subarray(at, at + pieceBytes)));
	}

	keep(reader.end());
	return found;
}

const sized = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\ncontent-length:  8\r\n\r\nup 1\nä\n';
const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nup 1\n\r\n00A;x=y\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n';
const closing = 'HTTP/1.0 200 OK\r\n\r\nup 1\nuntil the end';

for (const pieceBytes of [1, 2, 7, 30, Infinity]) {
	test(`Answers are read in pieces of ${pieceBytes} bytes, whatever frames their body`, () => {
		assert.deepEqual(read(sized, pieceBytes), [{status: 200, contentType: 'text/plain; version=0.0.4', keepAlive: true, body: 'up 1\nä\n'}]);
		assert.deepEqual(read(chunked, pieceBytes), [{status: 200, contentType: '', keepAlive: true, body: 'up 1\n0123456789'}]);
		assert.deepEqual(read(closing, pieceBytes), [{status: 200, contentType: '', keepAlive: false, body: 'up 1\nuntil the end'}]);
		assert.equal(read(`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${sized}`, pieceBytes)[0]?.body, 'up 1\nä\n');
		assert.deepEqual(read('HTTP/1.1 204\r\n\r\n', pieceBytes), [{status: 204, contentType: '', keepAlive: true, body: ''}]);
	});
}

test('A connection carries one answer after the other, of any size', () => {
	const reader = new HttpResponseReader('client_0');
	for (const size of [0, 10, 100_000, 3, 1_000_000]) {
		assert.equal(reader.push(Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n${'x'.repeat(size).slice(0, -1)}`))?.body.length, size === 0 ? 0 : undefined);
		assert.equal(reader.isWithin, size > 0);
		assert.equal(size === 0 ? 0 : reader.push(Buffer.from('y'))?.body.length, size);
		assert.equal(reader.isWithin, false);
	}
});

test('A connection is not kept where either end does not want to, or more comes than was announced', () => {
	const keepAlive = (text: string) => read(text)[0]?.keepAlive;
	assert.equal(keepAlive('HTTP/1.1 503 Busy\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'), false);
	assert.equal(keepAlive('HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n'), false);
	assert.equal(keepAlive('HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n\r\n'), true);
	assert.equal(keepAlive('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxy'), false);
});

test('What is no answer is refused in a sentence', () => {
	const faults: ReadonlyArray<readonly [string, RegExp]> = [
		['SSH-2.0-OpenSSH_9.2\r\n', /does not answer in HTTP\/1/],
		['HTTP/2 200\r\n\r\n', /does not answer in HTTP\/1/],
		['HTTP/1.1 OK\r\n\r\n', /does not answer in HTTP\/1/],
		[`HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(20_000)}`, /does not answer in HTTP\/1/],
		['HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n', /the encoding "gzip"/],
		['HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n', /Content-Length "-1"/],
		['HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n', /Content-Length "99999999999"/],
		['HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n', /Transfer-Encoding "gzip, chunked"/],
		['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n', /a chunk begins with "hello"/],
		['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc', /closed in the middle of the answer, after 41 bytes/],
		['HTTP/1.1 20', /closed in the middle/],
	];
	for (const [text, message] of faults) {
		assert.throws(() => read(text), (error: unknown) => error instanceof BenchError && error.message.startsWith('client_0: cannot be scraped: ') && message.test(error.message), text.slice(0, 60));
	}
});
