import assert from 'node:assert/strict';
import test from 'node:test';
import {errorQuery, lineKind} from '../../source/logs/error-lines.ts';
import {readFiltered} from '../../source/logs/filtered-lines.ts';
import {searchLog, type LogSearch} from '../../source/logs/log-search.ts';
import {memoryLog, type MemoryLog} from '../../source/logs/memory-log.ts';
import {parseFilter, parseQuery, type Query} from '../../source/logs/query.ts';
import {readLines} from '../../source/logs/read-lines.ts';
import {findNext, findPrevious} from '../../source/logs/scan.ts';
import {createRandom} from '../helpers/random.ts';

const deadline = {timeout: 60_000};

async function searched(log: MemoryLog, query: Query): Promise<LogSearch> {
	const {promise, resolve} = Promise.withResolvers<void>();
	const search: LogSearch = searchLog(log, query, () => {
		if (search.progress() === 1) {
			resolve();
		}
	});
	await promise;
	return search;
}

async function matchingLines(text: string | Buffer, typed: string): Promise<readonly string[]> {
	const log = memoryLog('x', text);
	const search = await searched(log, parseQuery(typed));
	const lines = await readLines(log, 0, Infinity);
	return lines.filter(line => search.ordinal(line) !== undefined).map(line => line.text);
}

test('A text is found in capitals or not, until a capital is typed', deadline, async () => {
	const text = 'Connection refused\nREFUSED\nfine\n';
	assert.deepEqual(await matchingLines(text, 'refused'), ['Connection refused', 'REFUSED']);
	assert.deepEqual(await matchingLines(text, 'REF'), ['REFUSED']);
	assert.deepEqual(await matchingLines(text, '!refused'), ['fine']);
	assert.deepEqual(await matchingLines('a b\nacb\n', 'a b'), ['a b']);
	assert.deepEqual(await matchingLines('Ärger\nnichts\n', 'ärger'), ['Ärger']);
});

test('A regular expression matches within a line, after non-ASCII text too', deadline, async () => {
	const text = 'é p99 = 17\np50 = 3\n\nlast line p95';
	assert.deepEqual(await matchingLines(text, String.raw`p9\d`), ['é p99 = 17', 'last line p95']);
	assert.deepEqual(await matchingLines(text, '^$'), ['']);
	assert.deepEqual(await matchingLines(text, '17[^x]p50'), []);
	assert.deepEqual(await matchingLines(text, 'last.line'), ['last line p95']);
	assert.deepEqual(await matchingLines(Buffer.from([0xFF, 0xFE, 10, 0x70, 0x39, 0x39]), 'p9.'), ['p99']);
});

test('What is no regular expression is looked for as text', deadline, async () => {
	assert.deepEqual(await matchingLines('f(x\nf x\n', 'f(x'), ['f(x']);
	assert.deepEqual(await matchingLines('[1\n1\n', '[1'), ['[1']);
});

test('A filter says how many lines around its matches it wants', () => {
	const {query, context} = parseFilter('refused +2');
	assert.deepEqual([query.typed, context], ['refused', 2]);
	assert.equal(parseFilter('a +b').context, 0);
	assert.ok(parseFilter('!x').query.test('y'));
	assert.ok(!parseFilter('!x').query.test('X'));
});

test('A regular expression that backtracks without end does not stop the screen', deadline, async () => {
	assert.deepEqual(await matchingLines(`${'a'.repeat(60)}b\n`, '(a+)+$'), []);
});

test('Lines are counted once, numbered, and reached from both sides', deadline, async () => {
	const log = memoryLog('x', 'no\nhit hit\nno\nhit\nno\n');
	const search = await searched(log, parseQuery('hit'));
	assert.equal(search.count(), 2);
	assert.equal(await search.next(0), 3);
	assert.equal(await search.next(11), 14);
	assert.equal(await search.next(18), undefined);
	assert.equal(await search.previous(14), 3);
	assert.equal(await search.previous(3), undefined);
	assert.equal(search.ordinal({offset: 14, end: 18}), 2);
	assert.equal(search.ordinal({offset: 0, end: 3}), undefined);
});

test('Neighbours are found without waiting for the counting', deadline, async () => {
	const log = memoryLog('x', `${'filler line\n'.repeat(300_000)}needle\n${'filler line\n'.repeat(300_000)}`);
	const needle = 300_000 * 12;
	assert.equal(await findNext(log, parseQuery('Needle'.toLowerCase()), 0), needle);
	assert.equal(await findPrevious(log, parseQuery('needle'), await log.size()), needle);
	assert.equal(await findPrevious(log, parseQuery('needle'), needle), undefined);
	const search = searchLog(log, parseQuery('needle'));
	assert.equal(await search.next(0), needle);
	search.stop();
});

test('What is added is searched too, a last line that grew whole, and a log that was cut anew', deadline, async () => {
	const log = memoryLog('x', 'hit\nhi');
	let wake = () => {/* Nobody waits yet */};
	const search = searchLog(log, parseQuery('hit'), () => {
		wake();
	});
	const until = async (count: number) => {
		while (search.count() !== count || search.progress() < 1) {
			const {promise, resolve} = Promise.withResolvers<void>();
			wake = resolve;
			await promise;
		}
	};

	await until(1);
	log.append('t\nhit');
	search.refresh();
	await until(3);
	log.replace('hit\n');
	search.refresh();
	await until(1);
	search.stop();
});

test('A log that cannot be read ends the search with a sentence', deadline, async () => {
	const log = memoryLog('x', 'text');
	const {promise, resolve} = Promise.withResolvers<void>();
	const search = searchLog({...log, async read() {
		throw new Error('It is gone.');
	}}, parseQuery('x'), () => {
		resolve();
	});
	await promise;
	assert.equal(search.problem(), 'It is gone.');
});

test('Random logs are searched like their lines one by one, over chunk borders too', deadline, async () => {
	const random = createRandom(3);
	for (let round = 0; round < 8; round++) {
		const parts = ['ab', 'a', 'b', '\n', 'é', '\r\n', ' '.repeat(random(9000)), 'Ab'];
		const text = Array.from({length: 4000}, () => parts[random(parts.length)]!).join('');
		const log = memoryLog('x', text);
		const lines = await readLines(log, 0, Infinity, {lineBytes: Infinity});
		for (const [typed, matches] of [['Ab', /Ab/], ['ab', /ab/i], ['a+b$', /a+b$/i], ['!ab', /^(?!.*ab)/is]] as const) {
			const search = await searched(log, parseQuery(typed));
			assert.deepEqual(lines.filter(line => search.ordinal(line) !== undefined).map(({offset}) => offset), lines.filter(line => matches.test(line.text)).map(({offset}) => offset), typed);
		}
	}
});

test('A filter shows matches with what stands around them, and where lines were left out', deadline, async () => {
	const log = memoryLog('x', Array.from({length: 20}, (_, index) => `line ${index}${[5, 6, 12].includes(index) ? ' hit' : ''}\n`).join(''));
	const search = await searched(log, parseQuery('hit'));
	const shown = async (from: number, rows: number, context: number) => {
		const found = await readFiltered(log, search, {from, rows, context});
		return found.map(row => (row.kind === 'gap' ? '…' : (row.isMatch ? '>' : ' ') + row.line.text.replace('line ', '')));
	};

	assert.deepEqual(await shown(0, 100, 1), [' 4', '>5 hit', '>6 hit', ' 7', '…', ' 11', '>12 hit', ' 13']);
	assert.deepEqual(await shown(2, 100, 0), ['>12 hit']);
	assert.deepEqual(await shown(0, 100, 0), ['>5 hit', '>6 hit', '…', '>12 hit']);
	assert.deepEqual(await shown(0, 100, 3), [' 2', ' 3', ' 4', '>5 hit', '>6 hit', ' 7', ' 8', ' 9', ' 10', ' 11', '>12 hit', ' 13', ' 14', ' 15']);
});

test('Trouble is told from talk of it, and from the frames that go on with it', deadline, async () => {
	const errors = [
		'[Nov 23 06:18:02.511000000] [ERROR] [Thread 1] no quorum',
		'level=error msg="x"',
		'E1124 20:33:56.123456 1 a.go:1] x',
		'java.lang.OutOfMemoryError: Java heap space',
		'Exception in thread "main" java.net.BindException: Address already in use',
		'Traceback (most recent call last):',
		'panic: runtime error',
		'thread \'main\' panicked at src/main.rs:1',
		'Segmentation fault (core dumped)',
		'sh: 1: java: not found',
		'Error: Could not find or load main class x',
		'ValueError: bad',
		'\u{1B}[31m[FATAL]\u{1B}[0m x',
	];
	const others = ['[INFO] 0 errors', 'error_rate=0', 'ErrorHandler registered', 'no error', 'INFO terror', 'level=info', ''];
	const frames = ['    at com.foo.Bar(Bar.java:1)', '\tat x', '  File "a.py", line 3', '\t... 12 more', '\t/go/src/x.go:12 +0x1'];
	assert.deepEqual(errors.filter(line => lineKind(line) !== 'error'), []);
	assert.deepEqual(others.filter(line => lineKind(line) !== 'plain'), []);
	assert.deepEqual(frames.filter(line => lineKind(line) !== 'stack'), []);
	const search = await searched(memoryLog('x', [...others, ...errors, ...frames].join('\n')), errorQuery());
	assert.equal(search.count(), errors.length);
});
