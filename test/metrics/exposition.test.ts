import assert from 'node:assert/strict';
import test from 'node:test';
import {BenchError} from '../../source/core/errors.ts';
import {parseExposition} from '../../source/metrics/exposition.ts';
import {ExpositionScanner, type ExpositionFormat} from '../../source/metrics/exposition-scanner.ts';
import {nameFilter} from '../../source/metrics/name-filter.ts';

const source = 'client_0 (127.0.0.1:10001)';

function parse(text: string | Uint8Array, format: ExpositionFormat = 'prometheus') {
	return parseExposition(Buffer.from(text), {source, format});
}

function one(line: string, format?: ExpositionFormat) {
	const {samples} = parse(line, format);
	assert.equal(samples.length, 1, line);
	return samples[0]!;
}

test('The text format is read with its metadata, labels, values and timestamps', () => {
	const {samples, families} = parse([
		String.raw`# HELP http_requests_total The number of\nrequests, \\ and all.`,
		'# TYPE http_requests_total counter',
		'http_requests_total{method="post",code="200"} 1027 1395066363000',
		'',
		'# A comment, and one without a blank:',
		'#TYPE nothing counter',
		'#',
		'  \t spaced  { a = "b" , c="d" , }\t12.5   \t-7 ',
		'no_labels{} 0',
	].join('\n'));
	assert.deepEqual(samples, [
		{name: 'http_requests_total', labels: {method: 'post', code: '200'}, value: 1027, at: 1_395_066_363_000},
		{name: 'spaced', labels: {a: 'b', c: 'd'}, value: 12.5, at: -7},
		{name: 'no_labels', labels: {}, value: 0},
	]);
	assert.deepEqual([...families], [['http_requests_total', {help: 'The number of\nrequests, \\ and all.', type: 'counter'}]]);
});

test('Escapes, braces, commas, equals signs and other scripts in label values are theirs', () => {
	assert.deepEqual(one(String.raw`a{path="C:\\DIR\\",quote="say \"hi\"",line="one\ntwo",odd="\x"} 1`).labels, {path: 'C:\\DIR\\', quote: 'say "hi"', line: 'one\ntwo', odd: String.raw`\x`});
	assert.deepEqual(one('a{x="}",y="a=b,c=\'d\'",z="# {",w="größe 試験 🚀"} 1').labels, {x: '}', y: 'a=b,c=\'d\'', z: '# {', w: 'größe 試験 🚀'});
	assert.deepEqual(one('a{__proto__="x",empty=""} 1').labels, Object.fromEntries([['__proto__', 'x']]));
});

test('Values are the nearest doubles, whatever their form', () => {
	const texts = [
		'0',
		'-0',
		'1.0',
		'+3',
		'.5',
		'5.',
		'1e3',
		'1E-7',
		'1.7976931348623157e308',
		'5e-324',
		'123456789012345',
		'1234567890123456789',
		'0.1',
		'0.30000000000000004',
		'1617820860.123',
		'2.5e+05',
		'9007199254740993',
		'0.000000000000000000001',
		'179769313486231570000',
		'000000000000000000012',
		'1e400',
	];
	for (const text of texts) {
		assert.ok(Object.is(one(`a ${text}`).value, Number(text)), text);
	}

	for (const [text, value] of [['NaN', NaN], ['nan', NaN], ['+Inf', Infinity], ['Inf', Infinity], ['-Inf', -Infinity], ['+infinity', Infinity], ['-INF', -Infinity]] as const) {
		assert.ok(Object.is(one(`a ${text}`).value, value), text);
	}

	for (let index = 0; index < 2000; index++) {
		const value = Math.round(Math.sin(index) * 10 ** (index % 16)) / 10 ** (index % 7);
		assert.ok(Object.is(one(`a ${value}`).value, Number(String(value))), String(value));
	}
});

test('OpenMetrics has timestamps in seconds, exemplars, and an end', () => {
	const {samples} = parse([
		'# TYPE a histogram',
		'# UNIT a seconds',
		'a_bucket{le="1.0"} 17 1520879607.789 # {trace_id="KOO5S4vxi0o"} 0.67',
		'a_bucket{le="+Inf"} 18 # {} 9.8 1520879607.789',
		'a_created 1520430000.123',
		'# EOF',
		'after the end {',
	].join('\n'), 'openmetrics');
	assert.deepEqual(samples, [
		{name: 'a_bucket', labels: {le: '1.0'}, value: 17, at: 1_520_879_607_789},
		{name: 'a_bucket', labels: {le: '+Inf'}, value: 18},
		{name: 'a_created', labels: {}, value: 1_520_430_000.123},
	]);
	assert.equal(parse('# EOF\na 1').samples.length, 1, 'in the text format it is a comment');
	assert.equal(parse('a 1\n# EOFX\nb 1', 'openmetrics').samples.length, 2);
});

test('Line ends may be CRLF, and the last may be missing', () => {
	for (const text of ['# TYPE a counter\r\na 1\r\n\r\nb{c="d"} 2 5\r\n', '# TYPE a counter\na 1\n\nb{c="d"} 2 5', '# TYPE a counter\r\na 1\r\n\r\nb{c="d"} 2 5\r']) {
		const {samples, families} = parse(text);
		assert.deepEqual(samples, [{name: 'a', labels: {}, value: 1}, {name: 'b', labels: {c: 'd'}, value: 2, at: 5}]);
		assert.deepEqual([...families], [['a', {type: 'counter'}]]);
	}

	assert.deepEqual(parse('').samples, []);
	assert.deepEqual([...parse('# TYPE a').families], [['a', {type: ''}]]);
});

test('What cannot be read is one sentence with source, line and column', () => {
	const faults: ReadonlyArray<readonly [string, string]> = [
		['ok 1\n\na{b="c} 1', 'line 3, column 5: the label\'s value has no closing quote'],
		['größe 1', 'line 1, column 3: a blank or "{" after the name is missing, there is "öße 1"'],
		['1abc 1', 'line 1, column 1: a metric name is missing, there is "1abc 1"'],
		['a', 'line 1, column 2: a blank or "{" after the name is missing, the line ends'],
		['a{b="ü"} x1', 'line 1, column 10: a number is missing, there is "x1"'],
		['# c\na \nb 1', 'line 2, column 3: a number is missing, the line ends'],
		['a{b=c} 1', 'line 1, column 5: a quoted label value is missing, there is "c} 1"'],
		['a{"b"} 1', String.raw`line 1, column 3: a label's name or "}" is missing, there is "\"b\"} 1"`],
		['a{b="c" d="e"} 1', String.raw`line 1, column 9: "," or "}" after the label is missing, there is "d=\"e\"} 1"`],
		['a{b} 1', 'line 1, column 4: "=" after the label\'s name is missing, there is "} 1"'],
		['a{b="c"', 'line 1, column 8: "," or "}" after the label is missing, the line ends'],
		['a 1 2 3', 'line 1, column 7: the line\'s end is missing, there is "3"'],
		['a 1 NaN', 'line 1, column 5: a timestamp is missing, there is "NaN"'],
		['a 1 # x', 'line 1, column 7: "{" of an exemplar is missing, there is "x"'],
		['a 1_000', 'line 1, column 3: a number is missing, there is "1_000"'],
		['a 0x10', 'line 1, column 3: a number is missing, there is "0x10"'],
		['a -', 'line 1, column 3: a number is missing, there is "-"'],
		['ok 1\na{b="1",b="2"} 1', 'line 2, column 1: the label "b" stands there twice'],
	];
	for (const [text, message] of faults) {
		assert.throws(() => parse(text), (error: unknown) => {
			assert.ok(error instanceof BenchError);
			assert.strictEqual(error.code, 'metrics');
			assert.equal(error.message, `${source}: cannot read the metrics at ${message}.`);
			return true;
		}, text);
	}
});

test('What nobody asked for is skipped, even where it could not be read', () => {
	const text = 'up 1\nupper 2\nup{a="b"} 3\nbroken{ 4\n{\nclient_requests_total 5\nclient 6\nclient_ 7\nserver_up 8';
	const names = (wanted: readonly string[]) => parseExposition(Buffer.from(text), {source, wanted: nameFilter(wanted)}).samples.map(({value}) => value);
	assert.deepEqual(names(['up']), [1, 3]);
	assert.deepEqual(names(['client_*', 'upper']), [2, 5, 7]);
	assert.deepEqual(names([]), []);
	assert.deepEqual(names(['nothing']), []);
});

test('A scanner goes on behind a line that it could not read', () => {
	const scanner = new ExpositionScanner(Buffer.from('a 1\nb x\nc 3\n'), {source});
	assert.equal(scanner.next(), 'sample');
	assert.throws(() => scanner.next(), BenchError);
	scanner.skipLine();
	assert.equal(scanner.next(), 'sample');
	assert.equal(scanner.value, 3);
	assert.equal(scanner.next(), 'end');
});

test('No bytes crash it: they are read, or they are a BenchError', () => {
	const seed = Buffer.from('# HELP a_total Help\\n\r\n# TYPE a_total counter\na_total{x="y\\"",z="ü"} 1.5e3 1520879607.789 # {t="u"} 0.5 1\nb NaN\n# EOF\n');
	let state = 1;
	const random = (below: number) => {
		state = (state * 48_271) % 2_147_483_647;
		return state % below;
	};

	let [read, refused] = [0, 0];
	for (let round = 0; round < 20_000; round++) {
		const bytes = Buffer.from(round % 10 === 0 ? Array.from({length: random(80)}, () => random(256)) : seed.subarray(0, random(3) === 0 ? random(seed.length) : seed.length));
		for (let change = random(4); change > 0 && bytes.length > 0; change--) {
			bytes[random(bytes.length)] = random(2) === 0 ? random(256) : seed[random(seed.length)]!;
		}

		const error = thrownBy(() => parse(bytes, round % 2 === 0 ? 'openmetrics' : 'prometheus'));
		assert.ok(error === undefined || error instanceof BenchError, `${bytes.toString('base64')}: ${String(error)}`);
		read += Number(error === undefined);
		refused += Number(error !== undefined);
	}

	assert.ok(read > 100, `${read} read`);
	assert.ok(refused > 100, `${refused} refused`);
});

function thrownBy(act: () => unknown): unknown {
	try {
		act();
		return undefined;
	} catch (error) {
		return error;
	}
}
